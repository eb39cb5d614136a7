"""Writes one hostile file into an operation folder: hostile_files.py NAME FOLDER.

Without arguments the names are listed, one a line; with one, such as suppliers.csv or scenario.json, those of
files of this name, which not every command reads.
"""
import sys

HOUSEHOLDS = b"household,package\n"
MIB = 1 << 20

# name: (file, a function that gives its bytes)
FILES = {
    "a_row_of_a_million_columns": ("households.csv", lambda: b"household" + b"," * 1000000 + b"\nA" + b"," * 1000000),
    "a_cell_of_a_hundred_megabytes": ("households.csv", lambda: HOUSEHOLDS + b"A" * (100 * MIB) + b",full\n"),
    "a_cell_as_large_as_the_file_may_be": ("households.csv", lambda: HOUSEHOLDS + b"A" * (15 * MIB) + b",full\n"),
    "the_same_in_quotes": ("households.csv", lambda: HOUSEHOLDS + b'"' + b"A" * (15 * MIB) + b'",full\n'),
    "rows_without_end": ("households.csv", lambda: HOUSEHOLDS + b"A1,full\n" * (2 * MIB - 9)),
    "blank_lines_without_end": ("households.csv", lambda: HOUSEHOLDS + b"\n" * (16 * MIB - 99)),
    "delimiters_without_end": ("households.csv", lambda: HOUSEHOLDS + b",\n" * (8 * MIB - 99)),
    "one_row_of_delimiters": ("households.csv", lambda: HOUSEHOLDS + b"," * (16 * MIB - 99)),
    "quotes_without_end": ("households.csv", lambda: HOUSEHOLDS + b'"' * (16 * MIB - 99)),
    "open_quotes_on_each_line": ("households.csv", lambda: HOUSEHOLDS + b'"a\n' * (5 * MIB)),
    "quotes_inside_of_cells": ("households.csv", lambda: HOUSEHOLDS + b'x"\n' * (5 * MIB)),
    "accents_of_windows": ("households.csv", lambda: HOUSEHOLDS + b"\xe9" * (16 * MIB - 99)),
    "bytes_of_no_encoding": ("households.csv", lambda: HOUSEHOLDS + b"\x81" * (16 * MIB - 99)),
    "nul_bytes": ("households.csv", lambda: b"household,package\nA\0,full\n"),
    "unknown_households": (
        "availability.csv",
        lambda: b"household,days,kind\n" + b"".join(b"Q%d,mon-fri,available\n" % i for i in range(199000)),
    ),
    "a_capacity_of_1e18": ("resources.csv", lambda: b"resource,role,measure,capacity\njane,pilot,crew,1e18\n"),
    "a_capacity_of_19_digits": (
        "resources.csv",
        lambda: b"resource,role,measure,capacity\njane,pilot,crew,1000000000000000000\n",
    ),
    "a_number_of_60000_digits": (
        "resources.csv",
        lambda: b"resource,role,measure,capacity\njane,pilot,crew," + b"9" * 60000 + b"\n",
    ),
    "a_date_in_the_year_9999": ("deliveries.csv", lambda: b"delivery,item,date\nD1,kitchen,9999-12-31\n"),
    "a_date_in_the_year_10000": ("deliveries.csv", lambda: b"delivery,item,date\nD1,kitchen,10000-01-01\n"),
    "lists_in_lists": ("operation.json", lambda: b'{"name":' + b"[" * (3 * MIB)),
    "objects_in_objects": ("operation.json", lambda: b'{"a":' * (MIB // 2)),
    "one_key_a_hundred_thousand_times": ("operation.json", lambda: b"{" + b'"a":1,' * 99990 + b'"a":1}'),
    "unknown_keys": ("operation.json", lambda: b"{" + b",".join(b'"k%d":1' % i for i in range(99990)) + b"}"),
    "packages_without_end": (
        "operation.json",
        lambda: b'{"packages":{' + b",".join(b'"p%d":{}' % i for i in range(99990)) + b"}}",
    ),
    "a_list_of_numbers_without_end": ("operation.json", lambda: b'{"name":[' + b"1," * (2 * MIB - 99) + b"1]}"),
    "a_settings_file_of_60_megabytes": ("operation.json", lambda: b" " * (60 * MIB) + b"{}"),
    "a_number_of_a_million_digits": ("operation.json", lambda: b'{"name":' + b"1" * 1000000 + b"}"),
    "a_text_of_three_megabytes": ("operation.json", lambda: b'{"name":"' + b"x" * (3 * MIB) + b'"}'),
}

SUPPLIERS = b"supplier,on_time,delay_days\n"
HISTORY = b"supplier,promised,actual\n"


def scenario(change, n):
    return b'{"name":"x","changes":[' + b",".join(change % i for i in range(n)) + b"]}"


OTHERS = {
    "suppliers_without_end": (
        "suppliers.csv",
        lambda: SUPPLIERS + b"".join(b"S%d,1,0\n" % i for i in range(198000)) + b"S0,1,0\n",
    ),
    "suppliers_that_are_all_wrong": ("suppliers.csv", lambda: SUPPLIERS + b"S,2,-1\n" * 150000),
    "a_past_without_end": (
        "supplier_history.csv",
        lambda: HISTORY + b"".join(b"S%d,2026-01-05,2026-01-09\n" % i for i in range(198000)) + b"S,2026-01-05,soon\n",
    ),
    "changes_without_end": ("scenario.json", lambda: scenario(b'{"item":"kitchen","slip_days":1,"never":%d}', 200000)),
    "good_changes_without_end": ("scenario.json", lambda: scenario(b'{"home":"x%d","won":true}', 200000)),
    "households_without_end": (
        "scenario.json", lambda: scenario(b'{"household":"h%d","joins":true,"package":"full"}', 200000)),
    "lists_in_lists_of_changes": ("scenario.json", lambda: b'{"name":"x","changes":' + b"[" * (3 * MIB)),
    "a_scenario_of_60_megabytes": ("scenario.json", lambda: b'{"name":"' + b"x" * (60 * MIB) + b'"}'),
}

if len(sys.argv) < 2:
    print("\n".join(FILES))
elif len(sys.argv) < 3:
    print("\n".join(name for name, (file, _) in OTHERS.items() if file == sys.argv[1]))
else:
    name, make = (FILES | OTHERS)[sys.argv[1]]
    with open(f"{sys.argv[2]}/{name}", "wb") as file:
        file.write(make())
