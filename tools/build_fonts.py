"""Build templates/fonts from the npm packages that carry the fonts; check what is there with --check.

Run it as `python tools/build_fonts.py` from the repository's root (needs `npm`, which fetches the packages
with `npm pack`). The files are copied as they are: the licences reserve font names for unmodified files.
Every file is checked against the digest below, so a run either gives exactly the committed folder or fails.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"
MAX_FILE = 3_000_000
MAX_TOTAL = 4_000_000


@dataclass(frozen=True, slots=True)
class Font:
    """One file to take: its npm package, its path there, its name here and its SHA-256."""

    package: str
    member: str
    name: str
    sha256: str


_PLEX = "@expo-google-fonts/ibm-plex-sans@0.4.1"
_SERIF = "@expo-google-fonts/source-serif-4@0.4.1"
_VAZIR = "@expo-google-fonts/vazirmatn@0.4.1"
_AMIRI = "@expo-google-fonts/amiri@0.4.1"

FILES = (
    Font(
        _PLEX,
        "400Regular/IBMPlexSans_400Regular.ttf",
        "IBMPlexSans-Regular.ttf",
        "8685116dfbcfa639621631c4af0ad62e52ddeb9979acbec0007ccef2e4801a27",
    ),
    Font(
        _PLEX,
        "500Medium/IBMPlexSans_500Medium.ttf",
        "IBMPlexSans-Medium.ttf",
        "0ebb5ad4c9c57f2a2860f43ae9fa69024c045b380b2a73b332d6f40c39f4a294",
    ),
    Font(
        _PLEX,
        "600SemiBold/IBMPlexSans_600SemiBold.ttf",
        "IBMPlexSans-SemiBold.ttf",
        "659f916ce1922bd4fecac7cd5f26018817a2946327a5dd00169c8bab14ae2c58",
    ),
    Font(
        _PLEX,
        "LICENSE_FONT",
        "OFL-IBMPlexSans.txt",
        "7e6b2818edbd8f6a01ae80641cc8f16a51080d08fb4e532be3a0b6f74adb07da",
    ),
    Font(
        _SERIF,
        "400Regular/SourceSerif4_400Regular.ttf",
        "SourceSerif4-Regular.ttf",
        "d47da11c5f55f031d9ec54c3172865d76009b2cbab5c706dfa73866b00096639",
    ),
    Font(
        _SERIF,
        "600SemiBold/SourceSerif4_600SemiBold.ttf",
        "SourceSerif4-SemiBold.ttf",
        "d31cd1fb273e5399efc04691e9ac14b581eae836d783f6cf3c560225ebcf95c0",
    ),
    Font(
        _SERIF,
        "LICENSE_FONT",
        "OFL-SourceSerif4.txt",
        "5f94c3fd3a23131a417ab5a0c8452de57e70c3cfb9f604d88241f7065ebf9fd9",
    ),
    Font(
        _VAZIR,
        "400Regular/Vazirmatn_400Regular.ttf",
        "Vazirmatn-Regular.ttf",
        "443e920a022a89a93d4764a06e853342b9008fba880eb827d814160f1e459c05",
    ),
    Font(
        _VAZIR,
        "600SemiBold/Vazirmatn_600SemiBold.ttf",
        "Vazirmatn-SemiBold.ttf",
        "38ae06d7b46759bd8fee03f7fc4001c2178dbd9b28a5f0b36ee5cfe3830cf475",
    ),
    Font(
        _VAZIR,
        "LICENSE_FONT",
        "OFL-Vazirmatn.txt",
        "17e355067c8284f47743a1ee3b1ef7ff684ff0601eda357f9353b10b3016ab31",
    ),
    Font(
        _AMIRI,
        "400Regular/Amiri_400Regular.ttf",
        "Amiri-Regular.ttf",
        "d26cd95609ed51b6419e3c7d4a066cb9fac7b73117868622f5b7f03998c68568",
    ),
    Font(
        _AMIRI,
        "LICENSE_FONT",
        "OFL-Amiri.txt",
        "72de68e5954f4fdd24702292ef5a32f003ca960ec9330dc86e5eefb5dffb9b22",
    ),
)


def check(folder: Path) -> list[str]:
    """Say what is wrong with a font folder: missing, changed or too large files; [] when all is well."""
    faults = []
    total = 0
    for font in FILES:
        path = folder / font.name
        if not path.is_file():
            faults.append(f"{font.name}: missing")
            continue
        content = path.read_bytes()
        total += len(content)
        if hashlib.sha256(content).hexdigest() != font.sha256:
            faults.append(f"{font.name}: not the file of {font.package}")
        if len(content) > MAX_FILE:
            faults.append(f"{font.name}: {len(content):,} bytes, more than {MAX_FILE:,}")
    if total > MAX_TOTAL:
        faults.append(f"the folder has {total:,} bytes, more than {MAX_TOTAL:,}")
    return faults


def build(folder: Path) -> None:
    """Fetch the packages and copy the files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in sorted({font.package for font in FILES}):
        with tempfile.TemporaryDirectory() as scratch:
            packed = subprocess.run(
                ["npm", "pack", package, "--silent"], cwd=scratch, check=True, capture_output=True, text=True
            )
            with tarfile.open(Path(scratch) / packed.stdout.strip().splitlines()[-1]) as archive:
                for font in FILES:
                    if font.package == package:
                        member = archive.extractfile(f"package/{font.member}")
                        if member is None:
                            raise SystemExit(f"{package} holds no {font.member}")
                        (folder / font.name).write_bytes(member.read())


def main() -> int:
    """Build or check the folder; exit code 1 when a file is not the expected one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only check the folder, fetch nothing")
    if not parser.parse_args().check:
        build(FONTS)
    faults = check(FONTS)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
