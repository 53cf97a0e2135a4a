"""What of the company's own website could not be read, in Japanese."""

__all__ = ["SITE"]

SITE: tuple[tuple[str, str], ...] = (
    ("{name} points out of the folder.", "「{name}」はフォルダの外を指しています。"),
    ("{name} is larger than {n} bytes.", "「{name}」が {n} バイトを超えています。"),
    (
        "{name} and what follows: more than max_pages = {n}.",
        "「{name}」から後：max_pages = {n} を超えています。",
    ),
    ("{name}: sitemaps nested or listed without end.", "「{name}」：サイトマップが深すぎるか、多すぎます。"),
    ("{name} is of no type, not a page.", "「{name}」はページではありません（種類が分かりません）。"),
    ("{name} is {type}, not a page.", "「{name}」はページではありません（{type}）。"),
    ("{name} is no sitemap.", "「{name}」はサイトマップではありません。"),
    ("{name}: more than {n} redirects.", "「{name}」：転送が{n}回を超えました。"),
    ("{name} is no address.", "「{name}」はアドレスではありません。"),
    ("{name} is no web page of the site.", "「{name}」はこのサイトのページではありません。"),
    ("{name} is not on {host}.", "「{name}」は {host} にありません。"),
    ("{name}: port {n} is not asked.", "「{name}」：ポート {n} には接続しません。"),
    (
        "{name} points inside this network; set private = true if it should.",
        "「{name}」は社内のネットワークを指しています。よければ private = true と書いてください。",
    ),
    (
        "{name} comes in the encoding {other}, which is not read.",
        "「{name}」の圧縮形式「{other}」は読めません。",
    ),
    ("{name} is damaged.", "「{name}」が壊れています。"),
    ("{name} unpacks to more than {n} bytes.", "「{name}」を広げると {n} バイトを超えます。"),
)
