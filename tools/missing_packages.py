"""Print the Debian packages that are missing: for the PDF (Pango) and for the embedded model (OpenMP)."""

from __future__ import annotations

import ctypes

from briefing.render.pdf import pango_problem

# Library that must load → Debian package that has it.
LIBRARIES = {"libharfbuzz-subset.so.0": "libharfbuzz-subset0", "libgomp.so.1": "libgomp1"}


def main() -> None:
    """Try each library and print the packages of those that do not load, on one line."""
    packages = ["libpangoft2-1.0-0"] if pango_problem() else []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    print(" ".join(packages))


if __name__ == "__main__":
    main()
