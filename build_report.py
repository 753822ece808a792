"""Build the sheet: `derivations sheet` under another name, with the same options and exit codes.

    python build_report.py
    python build_report.py -o build --variant marking

Every claim is proved before the PDF is written; a claim that does not prove stops the build.
"""

from __future__ import annotations

from derivations.cli import sheet

if __name__ == "__main__":
    sheet(prog_name="build_report.py")
