"""Writes numbers of organisations with a verdict each, for the tests of OrganisationNumber: `NL123456782B90 valid`.

    pip install python-stdnum==2.2
    python make_numbers.py > numbers.txt             # what the tests read
    python make_numbers.py --count 10000 > many.txt

The verdict is python-stdnum's where DAT-1 and DAT-2 ask for check digits, and the form's everywhere else. Differences that
are meant: a Belgian number ends in 01 to 97, never in 00, 98 or 99; a Dutch one may have letters, + and *, as its form
says, if ISO 7064 agrees.
"""

import argparse
import random
import re
import string

from stdnum import luhn
from stdnum.eu import vat
from stdnum.iso7064 import mod_11_10

DIGIT, LETTER = string.digits, string.ascii_uppercase
ANY = DIGIT + LETTER + "+*"
KEY = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W]",
    "IT": r"\d{11}", "LT": r"\d{9}|\d{12}", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}",
    "NL": r"[A-Z0-9+*]{9}B[A-Z0-9+*]{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}",
    "SI": r"\d{8}", "SK": r"\d{10}", "XI": r"\d{9}|\d{12}|GD\d{3}|HA\d{3}",
}
CHECKED = {"BE", "DE", "FR", "LU", "NL"}


def is_valid(country, body):
    if country == "BE" and len(body) == 9:
        body = "0" + body
    if not re.fullmatch(FORMS[country], body, re.ASCII):
        return False
    if country == "BE" and not 1 <= int(body[-2:]) <= 97:
        return False
    if country == "NL" and not (body[:9] + body[10:]).isdigit():
        values = {sign: value for value, sign in enumerate(DIGIT + LETTER + "+*")}
        has_more_than_zeroes = body[:9].strip("0") and body[10:].strip("0")
        return bool(has_more_than_zeroes) and int("".join(str(values[sign]) for sign in "NL" + body)) % 97 == 1
    return vat.is_valid(country + body) if country in CHECKED else True


def of_form(country):
    """A random text of the country's form."""
    form = random.choice(FORMS[country].split("|"))
    text = ""
    for signs, times in re.findall(r"(\[[^]]+\]|\\d|[A-Z])(\{[\d,]+\}|\?)?", form):
        if signs == r"\d":
            choice = DIGIT
        else:
            choice = [sign for sign in ANY if re.fullmatch(signs, sign)]
        limits = [0, 1] if times == "?" else [int(number) for number in times.strip("{}").split(",")] if times else [1]
        text += "".join(random.choice(choice) for _ in range(random.randint(limits[0], limits[-1])))
    return text


def digits(count):
    return "".join(random.choice(DIGIT) for _ in range(count))


def right(country):
    """A number that python-stdnum accepts, where it can be found."""
    if country == "BE":
        eight = random.choice("01") + digits(7)
        return f"{eight}{97 - int(eight) % 97:02}"
    if country == "DE":
        eight = random.choice("123456789") + digits(7)
        return eight + mod_11_10.calc_check_digit(eight)
    if country == "LU":
        six = digits(6)
        return f"{six}{int(six) % 89:02}"
    if country == "FR":
        eight = random.choice(["000", digits(3)]) + digits(5)
        nine = eight + luhn.calc_check_digit(eight)
        if random.random() < 0.5:
            return f"{int(nine + '12') % 97:02}{nine}"
        for _ in range(2000):
            key = "".join(random.choice(KEY) for _ in range(2))
            if not key.isdigit() and vat.is_valid(f"FR{key}{nine}"):
                return key + nine
    if country == "NL":
        nine = digits(9)
        kind = random.randrange(3)
        if kind == 0:
            weighed = sum((9 - place) * int(digit) for place, digit in enumerate(nine[:8])) % 11
            return f"{nine[:8]}{weighed % 10}B{digits(2)}"
        if kind == 1:
            nine = "".join(random.choice(ANY) for _ in range(9))
        for check in range(1, 100):
            if is_valid("NL", f"{nine}B{check:02}"):
                return f"{nine}B{check:02}"
    for _ in range(100):
        body = of_form(country)
        if vat.is_valid(country + body):
            return body
    return of_form(country)


def mutated(body):
    place = random.randrange(len(body))
    kind = random.randrange(5)
    if kind == 0:
        return body[:place] + body[place + 1:]
    if kind == 1:
        return body[:place] + random.choice(DIGIT) + body[place:]
    if kind == 2 and place > 0:
        return body[:place - 1] + body[place] + body[place - 1] + body[place + 1:]
    return body[:place] + random.choice(DIGIT if kind == 3 else ANY) + body[place + 1:]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--count", type=int, default=60, help="numbers per country")
    count = arguments.parse_args().count
    random.seed(20260101)
    for country in FORMS:
        written = set()
        while len(written) < count:
            kind = len(written) % 4
            if kind == 0:
                body = right(country)
            elif kind == 1:
                body = mutated(right(country))
            elif kind == 2:
                body = of_form(country)
            else:
                body = "".join(random.choice(DIGIT if random.random() < 0.9 else ANY) for _ in range(random.randint(1, 13)))
            if body in written:
                continue
            written.add(body)
            print(country + body, "valid" if is_valid(country, body) else "invalid")
    if count == 60:
        # Check digits that are right modulo 97 and yet wrong.
        for body in ["1000070000", "1000070097", "1000002001", "1000002098", "1000001902", "1000001999"]:
            print("BE" + body, "valid" if is_valid("BE", body) else "invalid")


if __name__ == "__main__":
    main()
