"""English addresses without a street number, by house name or unit, and those of the continent."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit

__all__ = ["find_houses"]

_UPPER, _LOWER = r"[A-ZÀ-ÖØ-Þ]", r"[a-zß-öø-ÿŵŷ'’]"
_NAME = rf"(?:St\.?[ ])?{_UPPER}[\w'’-]*"
_NAMES = rf"{_NAME}(?:[ ](?:(?:of|the|and|upon|on|in|le|de|na|y)[ ])?{_NAME}){{0,3}}"
_WORD = rf"{_UPPER}{_LOWER}+"
_CODE = (
    r"(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d{2}\s[A-Z0-9]{4}|(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT)\s\d{4}"
    r"|[A-Z]{2}\s\d{5}(?:-\d{4})?)(?![A-Za-z0-9])"
)
"""Postcodes: British, Irish, Australian and American ones, the latter two with their state."""
_NO_PLACE = (
    r"(?!(?:I|We|The|Our|It|Its|Please|And|But|Thanks?|Thank|If|They|You|That|This|Is|Can|Could|He|She|Many|Kind|"
    r"Best|Regards|Attn|Phone|Tel|Mob|Mobile|Fax|Email)\b)"
)
_SMALL = (
    r"(?:(?:on|upon|in|the|under|le|by|next)[ -]){0,3}"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)"
)
_PLACE = rf"{_NO_PLACE}(?:Co\.?[ ])?{_WORD}(?:[ -]{_SMALL}{_WORD}){{0,3}}"
_SEP = r"(?:,[ ]|,?[ ]?\n)"
_LINE = r"(?:,[ ]|,?[ ]?\n(?=[^\n]{2,30}(?:\n|$)))"
_TOWN = rf"(?:{_LINE}{_PLACE}(?:,?\s{_CODE})?|,?\s{_CODE})"
_SURE = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Close|Crescent|Terrace|Gardens|Grove|Mews|Quay|Wharf|Parade"
    r"|Brae|Brow|Drove|Wynd|Rise|Croft|Garth|Boulevard|Esplanade|Embankment|Causeway)"
)
_STREET = (
    rf"(?:{_SURE}|Court|Place|Way|Row|Square|Sq|Hill|Walk|Yard|Green|Loke|Gate|Track|Fold|Bank|View|Approach|Path|Passage|"
    r"Promenade|Vale|End|Cross|Common|Broadway|Circus|Mount|Ridge|Hollow|Strand|Alley|Pike|Loan|Vennel|Boreen)"
)
_ROAD = rf"(?:\d{{1,4}}[A-Za-z]?[ ])?(?:{_NAME}[ ]){{1,3}}{_STREET}(?![\w'’])"
_SURE_ROAD = rf"(?:{_NAME}[ ]){{1,3}}{_SURE}(?![\w'’])"
_ESTATE = (
    r"(?:(?:Business|Industrial|Trading|Trade|Retail|Enterprise|Science|Technology|Distribution)\s"
    r"(?:Park|Estate|Centre|Center|Village))"
)
_BUILT = (
    r"(?:House|Cottages?|Farm(?:house)?|Barns?|Mill|Lodge|Manor|Villa|Rectory|Vicarage|Studios?|Stables|Works|Building|"
    r"Buildings|Warehouse|Chapel|Forge|Granary|Grange|Bungalow|Lofts?|Maltings?|Brewery|Bakery|Dairy|Foundry|Boathouse|"
    r"Tower|Chambers|Hall|Court|Priory|Abbey|Smithy|Oast|Gatehouse|Schoolhouse|Depot|Arcade|Mansions?|Garage|Annexe)"
)
_ROOM = (
    r"(?:(?:Suite|Unit|Flat|Apt|Apartment|Penthouse|Level|Room|Shop|Studio|Office|Block)s?\.?\s"
    r"(?:\d{1,4}[A-Za-z]?|[A-Z]\d{0,3})(?:\s?[-&/]\s?\d{1,4})?"
    r"|(?:Ground|First|Second|Third|Fourth|Fifth|Top|Upper|\d{1,2}(?:st|nd|rd|th))\s(?:Floor|Flat))"
)
_BUILDING = (
    rf"(?:(?:The[ ](?:{_NAME}[ ]){{0,2}}|(?:{_NAME}[ ]){{1,3}}){_BUILT}|The[ ]Old(?:[ ]{_NAME}){{1,2}})"
)
_HOUSE = rf"(?:{_BUILDING}|The[ ]{_NAME}(?:[ ]{_NAME}){{0,2}})"
_PARK = rf"(?:{_NAME}[ ]){{1,3}}{_ESTATE}"
_BEGIN = r"(?<![\w’'-])"
_NO_LIST = r"(?![\w'’-])(?![ ](?:and|or|&)[ ])"
"""Behind an address that only a word before it tells: places in a list have an "and" before the last."""
_FORMS = (
    rf"(?:{_ROOM},?\s){{1,2}}(?:(?:{_PARK}(?:{_SEP}{_ROAD})?|{_ROAD}){_TOWN}{{0,3}}|{_NAMES}{_SEP}{_ROAD}{_TOWN}{{1,3}})",
    rf"(?:{_ROOM},?\s){{1,2}}{_HOUSE}(?:{_SEP}{_ROAD})?{_TOWN}{{1,3}}",
    rf"(?:{_HOUSE}{_SEP})?{_BUILDING}{_SEP}{_ROAD}{_TOWN}{{1,3}}",
    rf"{_NAMES}(?:,[ ]{_NAMES}){{0,3}},[ ]{_PLACE},?\s{_CODE}",
    rf"{_BUILDING}(?:,[ ]{_PLACE}){{1,2}},[ ]Co\.[ ](?!Ltd){_WORD}",
    rf"{_NAMES}{_LINE}{_ROAD}(?:{_LINE}{_PLACE}){{0,2}},?\s{_CODE}",
)
_ADDRESS = (
    r"\b(?:(?:[Dd]elivery|[Pp]ostal|[Mm]ailing|[Bb]illing|[Ss]hipping|[Rr]egistered|[Oo]ur|[Mm]y|[Hh]ome|[Oo]ffice|[Nn]ew)"
    r"[ ])?[Aa]ddress(?:\sis|:|\s-|,)?"
)
_SENT = (
    r"\b(?:[Ss]end|[Pp]ost|[Ss]hip|[Dd]eliver|[Cc]ourier|[Bb]ring)(?:ed|ing|s)?\s(?:[\w'’-]+,?\s){0,8}to:?"
)
_CUED = (
    rf"{_ADDRESS}\s({_NAMES}{_SEP}{_ROAD}{_TOWN}{{1,3}})",
    rf"{_SENT}\s({_NAMES}{_SEP}{_SURE_ROAD}{_TOWN}{{1,3}}){_NO_LIST}",
    rf"\b(?:at|to|from|is|it['’]s):?\s({_NAMES}{_SEP}{_SURE_ROAD}{_TOWN}{{1,3}}){_NO_LIST}",
    rf"(?:\b(?:at|to|from|is|it['’]s):?\s|\()({_HOUSE}{_SEP}{_ROAD}{_TOWN}{{1,3}})",
)
_HOUSES = tuple(re.compile(f"{_BEGIN}({form})") for form in _FORMS) + tuple(map(re.compile, _CUED))
_LETTER = r"[A-Za-zÀ-ÖØ-öø-ÿ]"
_NAMED = rf"{_UPPER}{_LETTER}+"
_NUMBER = r"\d{1,4}(?:[-/]\d{1,3})?[a-z]?"
_CITY = rf"(?:,?\s(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:\s?[A-Z]{{2}}(?![A-Za-z]))?\s{_NAMED}(?:[ -]{_NAMED}){{0,2}})"
_OF = r"(?:(?:d[aeu]|des?|dels?|della|dei|di|las?|les?|los)\s|[ld]['’]){0,2}"
_CONTINENT = re.compile(
    rf"(?<!\w)(?:{_NAMED}(?:straße|strasse|gasse|straat|gracht)\s{_NUMBER}(?:{_CITY})?"
    rf"|(?:{_NAMED}[ ]){{1,3}}{_NUMBER}(?=,|\n){_CITY}"
    rf"|\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|place|allée|chemin|impasse|quai|cours)\s"
    rf"{_OF}{_NAMED}(?:[ -]{_LETTER}+){{0,3}}?{_CITY}"
    rf"|(?:Calle|Carrer|C/|Avenida|Avda\.|Paseo|Plaza|Via|Viale|Piazza|Corso|Rua)\s"
    rf"{_OF}{_NAMED}(?:\s{_NAMED}){{0,2}},?\s(?:n\.?º?\s?)?{_NUMBER}(?:,\s\w{{1,3}}(?:\s\w)?(?=,))?{_CITY})"
)


def find_houses(text: str) -> Iterator[Hit]:
    """Addresses that a house name, a unit or an estate tells, where no street number stands."""
    if "," in text or "\n" in text or "Unit" in text:
        for pattern in _HOUSES:
            yield from (Hit(*m.span(1), "address") for m in pattern.finditer(text))
    if any(map(str.isdigit, text)):
        yield from (Hit(*m.span(), "address") for m in _CONTINENT.finditer(text))
