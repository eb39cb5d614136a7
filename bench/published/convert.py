#!/usr/bin/env python3
"""Writes a published instance of project scheduling as an operation folder:

    bench/published/convert.py j301_1.sm my-folder
"""
import sys

import folder


def main():
    if len(sys.argv) != 3:
        print("usage: convert.py FILE FOLDER", file=sys.stderr)
        return 2
    try:
        folder.convert(sys.argv[1], sys.argv[2])
    except (OSError, ValueError) as error:
        print(f"convert.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
