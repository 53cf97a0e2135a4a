"""What is said of channels, in Japanese."""

__all__ = ["CHANNELS"]

_AGAIN = "次の実行でもう一度送ります。"
CHANNELS: tuple[tuple[str, str], ...] = (
    (
        "No channel {name} is set up (there are: none). Add [channels.{id}] to koe.toml.",
        "送付先「{name}」は設定されていません。koe.toml に [channels.{id}] を書いてください。",
    ),
    (
        "No channel {name} is set up (there are: {known}). Add [channels.{id}] to koe.toml.",
        "送付先「{name}」は設定されていません（あるのは {known}）。"
        "koe.toml に [channels.{id}] を書いてください。",
    ),
    (
        "Channel {name} cannot write to {other}: {cause}. It is tried again on the next run.",
        f"送付先「{{name}}」：{{other}} に書き込めません（{{cause}}）。{_AGAIN}",
    ),
    (
        "Channel {name}: Slack refused the message: {other}. Check the token's scopes and that the app is in "
        "the channel.",
        "送付先「{name}」：Slackに断られました（{other}）。"
        "トークンの権限と、アプリがチャンネルに入っているかを"
        "確かめてください。",
    ),
    (
        "Channel {name}: Slack answered {n}. It is tried again on the next run.",
        f"送付先「{{name}}」：Slackが {{n}} を返しました。{_AGAIN}",
    ),
    (
        "Channel {name}: Slack does not answer ({stem}). It is tried again on the next run.",
        f"送付先「{{name}}」：Slackが応答しません（{{stem}}）。{_AGAIN}",
    ),
    (
        "Channel {name}: the mail server answered {n}. Check sender, user and the addresses in `to`.",
        "送付先「{name}」：メールサーバーが {n} を返しました。"
        "sender、user、to のアドレスを確かめてください。",
    ),
    (
        "Channel {name}: the mail server answered {n}. It is tried again on the next run.",
        f"送付先「{{name}}」：メールサーバーが {{n}} を返しました。{_AGAIN}",
    ),
    (
        "Channel {name}: {other} is no mail address. Write name@example.com.",
        "送付先「{name}」：「{other}」はメールアドレスではありません。"
        "name@example.com のように書いてください。",
    ),
    (
        'Channel {name}: tls = "none" sends mail in the clear. Use "starttls" or "ssl".',
        '送付先「{name}」：tls = "none" ではメールが暗号化されません。"starttls" か "ssl" にしてください。',
    ),
    (
        "Channel {name}: the mail server refused us ({stem}). Check host, tls, user and password.",
        "送付先「{name}」：メールサーバーに断られました（{stem}）。"
        "host、tls、user、password を確かめてください。",
    ),
    (
        "Channel {name}: the mail server takes none of the addresses in `to`. Check them.",
        "送付先「{name}」：to のどのアドレスにも送れません。アドレスを確かめてください。",
    ),
    (
        "Channel {name}: the mail server does not answer ({stem}). It is tried again on the next run.",
        f"送付先「{{name}}」：メールサーバーが応答しません（{{stem}}）。{_AGAIN}",
    ),
    (
        "Channel {name} answered {n}. Check its address and secret.",
        "送付先「{name}」が {n} を返しました。アドレスと秘密の値を確かめてください。",
    ),
    (
        "Channel {name} answered {n}. It is tried again on the next run.",
        f"送付先「{{name}}」が {{n}} を返しました。{_AGAIN}",
    ),
    (
        "Channel {name} did not answer ({stem}). It is tried again on the next run.",
        f"送付先「{{name}}」が応答しません（{{stem}}）。{_AGAIN}",
    ),
    (
        "Channel {name}: {other} is no web address. Name an https address.",
        "送付先「{name}」：「{other}」はアドレスではありません。https:// で始まるアドレスを書いてください。",
    ),
    (
        "Channel {name}: {other} is not https. Name an https address.",
        "送付先「{name}」：「{other}」は https ではありません。https:// で始まるアドレスを書いてください。",
    ),
)
