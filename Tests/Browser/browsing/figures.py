"""What the results page shows: its table, its bars and its radar, each as numbers (UX-20)."""

import math
import subprocess
from fractions import Fraction

TABLE = """caption => {
    const table = [...document.querySelectorAll('table')].find(one => one.caption.textContent.trim() === caption)
    return [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))
}"""
BARS = """() => [...document.querySelectorAll('figure.bars svg text:not(.scale)')].map(one => [one.classList.contains('value'), one.textContent])"""
RADAR = """style => {
    const svg = document.querySelector('figure.radar svg')
    const spoke = svg.querySelector('line.ring')
    const number = (element, name) => Number(element.getAttribute(name))
    const middle = [number(spoke, 'x1'), number(spoke, 'y1')]
    const radius = Math.hypot(number(spoke, 'x2') - middle[0], number(spoke, 'y2') - middle[1])
    return [...svg.querySelectorAll(style)].map(dot => {
        const [x, y] = dot.tagName === 'rect' ? [number(dot, 'x') + 3, number(dot, 'y') + 3] : [number(dot, 'cx'), number(dot, 'cy')]
        return [x - middle[0], y - middle[1], radius]
    })
}"""


def rounded(value):
    """A fraction with two decimals, half away from zero; figures here are positive."""
    hundredths = int(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def table(visitor, caption):
    """Row header → cells; the first row is the column titles."""
    return {row[0]: row[1:] for row in visitor.page.evaluate(TABLE, caption)}


def bars(visitor):
    """Label → figure, in order. Labels may be broken into lines: compare them without blanks and hyphens."""
    found, label = {}, ""
    for is_value, text in visitor.page.evaluate(BARS):
        if is_value:
            found[bare(label)] = visitor.words.figure(text)
            label = ""
        else:
            label += text
    return found


def bare(text):
    return "".join(one for one in text if one not in " -\u00ad")


def radar(visitor, maximum=5, dots="circle.dot.now"):
    """The value of each axis, read off where its dot stands; axis 0 points up, the others follow clockwise."""
    places = visitor.page.evaluate(RADAR, dots)
    for axis, (x, y, radius) in enumerate(places):
        if math.hypot(x, y) > 1:
            angle = math.atan2(x, -y) % (2 * math.pi)
            expected = 2 * math.pi * axis / len(places)
            assert abs(angle - expected) < 0.05 or abs(angle - expected - 2 * math.pi) < 0.05
    return [math.hypot(x, y) / radius * maximum for x, y, radius in places]


def decode(picture):
    """The text of the QR code in a PNG file."""
    return subprocess.run(["zbarimg", "--raw", "-q", picture], capture_output=True, text=True, check=True).stdout.strip()


def pdf_text(file):
    return subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout


def pdf_pages(file):
    lines = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout.splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pages:"))
