// What every page must look like, read from the document in the browser. Returns one line per rule that is broken.
({language, ownNames, badWords, isChooser}) => {
  const faults = []
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const say = (rule, element) => faults.push(`${rule}: ${element ? element.outerHTML.slice(0, 200) : document.title}`)
  const rule = (name, elements) => elements.forEach(element => say(name, element))
  const text = element => (element.textContent || '').trim()
  const resolves = id => document.getElementById(id) !== null

  // UX-1, UX-27: one heading, none skipped, titles, skip link, unique ids
  if (all('h1').length !== 1) say(`UX-1 exactly one h1, not ${all('h1').length}`)
  let level = 1
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.tagName[1])
    if (own > level + 1) say('UX-27 heading level skipped', heading)
    if (!text(heading)) say('UX-27 empty heading', heading)
    level = own
  }
  const heading = document.querySelector('h1') && document.querySelector('h1').cloneNode(true)
  if (heading) {
    all('.caption', heading).forEach(caption => caption.remove())
    const isIn = isChooser || document.title.includes(text(heading))
    if (!isIn) say(`UX-1 the title has the heading "${text(heading)}"`)
  }
  if (document.documentElement.lang !== language) say(`UX-26 lang ${document.documentElement.lang}, not ${language}`)
  const first = all('a, button, input, select, textarea, summary, [tabindex]').find(element => !element.hidden && element.type !== 'hidden')
  if (!first || !first.matches('a.skip[href="#main"]') || !document.querySelector('main#main')) say('UX-27 skip link first', first)
  if (all('main').length !== 1) say('UX-27 one main')
  const ids = all('[id]').map(element => element.id)
  ids.filter((id, place) => ids.indexOf(id) !== place).forEach(id => say(`unique ids: ${id}`))

  // SEC-8: nothing inline
  rule('SEC-8 no inline style', all('[style], style'))
  rule('SEC-8 no handler', all('*').filter(element => [...element.attributes].some(one => one.name.startsWith('on'))))
  rule('SEC-8 no inline script', all('script').filter(element => !element.src || text(element)))
  rule('SEC-8 nothing that embeds', all('iframe, object, embed, base, applet, meta[http-equiv]'))
  const local = url => url.startsWith(location.origin + '/')
  rule('no third party', all('script, img, link, source, video, audio').filter(element => (element.src || element.href) && !local(element.src || element.href)))
  rule('no javascript: address', all('a[href], form[action]').filter(element => !/^(https?|mailto|tel):/.test(element.href || element.action)))
  rule('no new window', all('[target]'))

  // UX-4, UX-5, UX-7, UX-16: forms
  rule('UX-7 no checks by the browser', all('[required], [pattern], [maxlength], [minlength], [min], [max], [step]'))
  rule('UX-7 novalidate', all('form[method=post]').filter(form => !form.noValidate))
  rule('SEC-10 proof in each form', all('form[method=post]').filter(form => !form.querySelector('input[type=hidden][name=proof]')))
  rule('no autofocus', all('[autofocus]'))
  for (const input of all('input:not([type=hidden], [hidden]), select, textarea')) {
    if (![...input.labels].some(label => text(label)) && !input.ariaLabel) say('UX-27 a label', input)
    if (!input.matches('[type=radio], [type=checkbox]')) continue
    const legend = input.closest('fieldset') && input.closest('fieldset').querySelector(':scope > legend')
    if (!legend || !text(legend)) say('UX-5 radios in a fieldset with a legend', input)
  }
  rule('UX-4 no asterisk', all('label, legend').filter(label => text(label).includes('*')))
  rule('a name for each button', all('button:not([hidden]), a').filter(element => !text(element) && !element.ariaLabel && !element.querySelector('img[alt]:not([alt=""])')))

  // References resolve
  for (const name of ['aria-describedby', 'aria-labelledby', 'for', 'form']) {
    rule(`${name} resolves`, all(`[${name}]`).filter(element => !element.getAttribute(name).split(' ').every(resolves)))
  }
  rule('fragment resolves', all('a[href^="#"]').filter(link => !resolves(decodeURIComponent(link.hash.slice(1)))))

  // UX-20: charts and tables
  rule('UX-20 a chart has a role and a title', all('svg').filter(svg => svg.getAttribute('role') !== 'img' || !text(svg.querySelector('title') || svg)))
  rule('UX-20 a table has a caption', all('table').filter(table => !table.caption || !text(table.caption)))
  rule('UX-20 a header has a scope', all('th').filter(header => !header.scope))
  rule('an image has an alternative', all('img:not([alt])'))

  // UX-23, UX-29: help in the same place, languages in the Belgian order
  if (!isChooser) {
    const codes = ['nl', 'fr', 'de', 'en']
    const shown = all('header nav li').map(text).join(' ')
    if (shown !== codes.map(code => ownNames[code]).join(' ')) say(`UX-29 language switch: ${shown}`)
    rule('UX-29 names carry their language', all('header nav li > *').filter((element, place) => element.lang !== codes[place]))
    const alternates = all('link[rel=alternate][hreflang]')
    const found = alternates.map(link => link.hreflang).join(' ')
    if (found !== 'nl fr de en x-default') say(`UX-29 alternates: ${found}`)
    const here = location.pathname.replace(/^\/(nl|fr|de|en)(?=\/|$)/, '')
    rule('UX-29 an alternate is the same page', alternates.filter(link =>
      codes.includes(link.hreflang) && new URL(link.href).pathname !== `/${link.hreflang}${here}` && /^\/(nl|fr|de|en)(\/|$)/.test(location.pathname)))
    const footer = all('footer nav a').map(link => new URL(link.href).pathname).join(' ')
    if (footer.split(' ').slice(0, 2).join(' ') !== `/${language}/help /${language}/open`) say(`UX-23 help in the same place: ${footer}`)
    const back = document.querySelector('a.back')
    if (back && !(back.compareDocumentPosition(document.querySelector('main')) & Node.DOCUMENT_POSITION_FOLLOWING)) say('UX-1 back link before main', back)
  }

  // UX-8: words that no message uses; the caller knows which of these are content or typed
  const pattern = new RegExp(`(?<!\\p{L})(${badWords.join('|')})(?!\\p{L})`, 'iu')
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const badTexts = []
  while (walker.nextNode()) {
    const own = walker.currentNode.textContent.replace(/\s+/g, ' ').trim()
    if (pattern.test(own) && !walker.currentNode.parentElement.closest('textarea, code')) badTexts.push(own)
  }
  return {faults, badTexts, heading: heading ? text(heading) : '', title: document.title}
}
