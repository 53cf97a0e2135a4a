"""A workbook locked by a password, as little of one as a reader has to see."""

import struct

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def locked_workbook() -> bytes:
    """A compound file with the two streams that Excel puts a locked workbook into."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    fat = [_FAT, _END] + [n + 1 for n in range(2, 9)] + [_END] + [n + 1 for n in range(10, 17)] + [_END]
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(SECTOR, b"\xff")
    entries = [("Root Entry", 5, _END, 0, 1), ("EncryptionInfo", 2, 2, 4096, _FREE)]
    entries += [("EncryptedPackage", 2, 10, 4096, _FREE)]
    folder = b"".join(_entry(*one) for one in entries).ljust(SECTOR, b"\0")
    return header + table + folder + b"\0" * SECTOR * 16


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = name.encode("utf-16-le")
    right = 2 if name == "EncryptionInfo" else _FREE
    body = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
    return body + b"\0" * 36 + struct.pack("<IQ", start, size)
