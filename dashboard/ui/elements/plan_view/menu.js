// One menu for all: it opens at a button, is walked with the arrow keys, and gives the focus back.

/**
 * `open(anchor, label, entries)`; an entry is {text, act, checked?, stay?, disabled?, note?}. `stay` keeps the menu open
 * after a press, and draws what `entries()` answers then.
 */
function makeMenu(root) {
  const list = el("div", { class: "menu", role: "menu", popover: "auto" })
  root.append(list)
  let anchor = null
  let source = () => []

  const buttons = () => [...list.querySelectorAll("button:not(:disabled)")]

  function draw() {
    const entries = source().filter(Boolean)
    keyed(list, entries, (entry, number) => `${number}:${entry.text}`, (entry) => (entry.note ? el("p") : button({ role: "menuitem" })), (item, entry) => {
      if (entry.note) return set(item, { text: entry.text, class: "note", role: "none" })
      const checkable = entry.checked !== undefined
      if (!item.firstChild) item.append(el("span", { class: "check" }), el("span"))
      item.firstChild.replaceChildren(...(entry.checked ? [icon("tick")] : []))
      set(item.lastChild, { text: entry.text })
      set(item, {
        class: entry.main ? "main" : "",
        role: checkable ? "menuitemcheckbox" : "menuitem",
        "aria-checked": checkable ? String(entry.checked) : null,
        disabled: Boolean(entry.disabled),
        tabIndex: -1,
        onclick: () => {
          if (!entry.stay) close()
          entry.act()
          if (entry.stay) draw()
        },
      })
    })
    list.classList.toggle("checks", entries.some((entry) => entry.checked !== undefined))
  }

  function place() {
    const at = anchor.getBoundingClientRect()
    const { width, height } = list.getBoundingClientRect()
    const below = at.bottom + 4 + height <= innerHeight || at.top < height
    list.style.top = `${Math.max(8, Math.min(below ? at.bottom + 4 : at.top - height - 4, innerHeight - height - 8))}px`
    list.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`
  }

  function open(button, label, entries) {
    anchor = button
    source = typeof entries === "function" ? entries : () => entries
    set(list, { "aria-label": label })
    draw()
    list.showPopover()
    place()
    set(anchor, { "aria-expanded": "true" })
    buttons()[0]?.focus({ preventScroll: true })
  }

  /** Draws other entries into the open menu. */
  function turn(label, entries) {
    source = typeof entries === "function" ? entries : () => entries
    set(list, { "aria-label": label })
    draw()
    place()
    buttons()[0]?.focus({ preventScroll: true })
  }

  function close() {
    if (list.matches(":popover-open")) list.hidePopover()
  }

  list.addEventListener("toggle", (event) => {
    if (event.newState !== "closed" || !anchor) return
    const from = anchor
    anchor = null
    set(from, { "aria-expanded": "false" })
    const focused = root.getRootNode().activeElement
    if (from.isConnected && (!focused || list.contains(focused))) from.focus({ preventScroll: true })
  })

  list.addEventListener("keydown", (event) => {
    const all = buttons()
    const at = all.indexOf(root.getRootNode().activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      all[(to + all.length) % all.length].focus()
    } else if (event.key === "Tab") {
      close()
    } else if (event.key.length === 1 && /\S/.test(event.key)) {
      const letter = event.key.toLowerCase()
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      after.find((item) => item.textContent.trim().toLowerCase().startsWith(letter))?.focus()
    }
  })

  return { open, turn, close }
}

/** Opens with a button; the same button closes again. */
function menuButton(menu, properties, iconName, label, entries, text) {
  const made = button({ "aria-haspopup": "menu", "aria-expanded": "false", ...properties }, iconName, text)
  made.onclick = () => menu.open(made, label(), entries)
  return made
}

/** What was just done, with its undo; and what is read aloud. */
function makeMessage(root, texts, undo) {
  const said = el("span", { class: "said" })
  const back = button({ class: "undo", onclick: undo }, null, texts.undo)
  const close = button({ class: "close", "aria-label": texts.close, onclick: () => hide() }, "close")
  const box = el("div", { class: "message", role: "group", hidden: true }, said, back, close)
  const aloud = el("p", { class: "aloud", role: "status", "aria-live": "polite" })
  root.append(box, aloud)

  function show(text, { undoable = false, refused = false } = {}) {
    set(said, { text })
    set(back, { hidden: !undoable })
    box.classList.toggle("refused", refused)
    set(box, { hidden: false, "aria-label": text })
  }
  function hide() {
    const inside = box.contains(root.getRootNode().activeElement)
    set(box, { hidden: true })
    if (inside) root.querySelector("[role=tab][aria-selected=true]")?.focus({ preventScroll: true })
  }
  return { show, hide, say: (text) => set(aloud, { text }), text: () => (box.hidden ? "" : said.textContent) }
}
