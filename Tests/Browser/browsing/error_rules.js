// UX-6: a page that has something to mend. Returns one line per rule that is broken.
({prefix, heading, posted}) => {
  const faults = []
  const main = document.querySelector('main')
  const summary = main.firstElementChild
  const text = element => (element.textContent || '').trim()
  if (!document.title.startsWith(prefix)) faults.push(`the title starts with "${prefix}": ${document.title}`)
  if (!summary || !summary.matches('.summary[role=alert][tabindex="-1"]')) faults.push('the summary is first in main, an alert, and takes focus')
  const box = document.querySelector('.summary')
  if (!box) return [...faults, 'there is a summary']
  if (text(box.querySelector('h2')) !== heading) faults.push(`the summary is headed "${heading}": ${text(box.querySelector('h2'))}`)
  const links = [...box.querySelectorAll('a')]
  if (!links.length) faults.push('the summary names something')
  for (const link of links) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!target) { faults.push(`the link leads to a field: ${link.outerHTML}`); continue }
    if (!target.matches('input, select, textarea')) {
      if (!target.matches('a, h2') || !target.closest('main')) faults.push(`the link leads to a field or a place to go on: ${link.outerHTML}`)
      continue
    }
    const owners = [target, target.closest('fieldset')].filter(Boolean)
    const names = owners.flatMap(owner => (owner.getAttribute('aria-describedby') || '').split(' ')).filter(Boolean)
    const words = names.map(id => document.getElementById(id)).filter(Boolean).map(text)
    if (!words.includes(text(link))) faults.push(`the same words beside the field: "${text(link)}" among ${JSON.stringify(words)}`)
    if (!target.matches('[type=radio], [type=checkbox]') && target.getAttribute('aria-invalid') !== 'true') faults.push(`aria-invalid: ${target.outerHTML.slice(0, 120)}`)
  }
  const plain = value => value.replace(/\r\n?/g, '\n')
  for (const [name, value] of posted) {
    const controls = [...document.querySelectorAll('input, select, textarea')].filter(control => control.name === name)
    const isKept = controls.some(control => plain(control.value) === plain(value) && (!control.matches('[type=radio], [type=checkbox]') || control.checked))
    if (!isKept) faults.push(`what was posted is still there: ${name}=${value.slice(0, 60)}`)
  }
  return faults
}
