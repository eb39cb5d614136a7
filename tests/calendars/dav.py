#!/usr/bin/python3
"""What a test does with a calendar on a server, without any code of pilote's.

    dav.py port                             a port that is free
    dav.py mkcalendar URL
    dav.py list URL                         names of the resources
    dav.py fetch URL FILE                   all events as one calendar
    dav.py put URL NAME FILE                a resource, whatever is there
    dav.py delete URL NAME
    dav.py edit URL SUMMARY PROPERTY=VALUE...   of the only event with this summary; `PROPERTY=`
                                            removes it; DTSTART moves the end along
"""

import base64
import os
import re
import socket
import ssl
import sys
import urllib.error
import urllib.request

CREDENTIALS = base64.b64encode(
    ("jane:" + os.environ.get("PILOTE_CALDAV_PASSWORD", "")).encode()
).decode()
UNCHECKED = ssl._create_unverified_context()
OPENER = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=UNCHECKED)
)


def send(method, url, body=None, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["Authorization"] = "Basic " + CREDENTIALS
    request = urllib.request.Request(url, body, headers, method=method)
    with OPENER.open(request, timeout=10) as answer:
        return answer.read(), answer.headers


def names(url):
    body, _ = send("PROPFIND", url, Depth="1")
    hrefs = re.findall(rb"<(?:\w+:)?href>([^<]*)</", body)
    return sorted(h.decode().rsplit("/", 1)[1] for h in hrefs if not h.endswith(b"/"))


def edit(url, summary, settings):
    import icalendar  # takes longer than all the rest of this program

    for name in names(url):
        body, headers = send("GET", url + name)
        calendar = icalendar.Calendar.from_ical(body)
        event = calendar.walk("VEVENT")[0]
        if str(event["SUMMARY"]) != summary:
            continue
        for setting in settings:
            key, value = setting.split("=", 1)
            if key == "DTSTART":
                length = event.decoded("DTEND") - event.decoded("DTSTART")
                zone, _, wall = value.rpartition(":")
                start = icalendar.vDDDTypes.from_ical(wall)
                del event["DTSTART"], event["DTEND"]
                event.add("DTSTART", start, {"TZID": zone} if zone else {})
                event.add("DTEND", start + length, {"TZID": zone} if zone else {})
            else:
                event.pop(key, None)
                if value:
                    event.add(key, value)
        send("PUT", url + name, calendar.to_ical(), Content_Type="text/calendar",
             If_Match=headers["ETag"])
        return
    sys.exit("no event " + summary)


def main():
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "port":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            print(free.getsockname()[1])
    elif command == "mkcalendar":
        send("MKCALENDAR", arguments[0])
    elif command == "list":
        print(*names(arguments[0]), sep="\n")
    elif command == "fetch":
        with open(arguments[1], "wb") as file:
            file.write(send("GET", arguments[0])[0])
    elif command == "put":
        with open(arguments[2], "rb") as file:
            send("PUT", arguments[0] + arguments[1], file.read(), Content_Type="text/calendar")
    elif command == "delete":
        send("DELETE", arguments[0] + arguments[1])
    elif command == "edit":
        edit(arguments[0], arguments[1], arguments[2:])


try:
    main()
except (OSError, urllib.error.URLError) as error:
    sys.exit(str(error))
