// The whole: it is made once, and every run of the server hands it new data.

/** The elements that hand over the foods of the plan, and the answers to questions; another one hands over the rest. */
const FOODS = "b12_plan_view_foods"
const ANSWERS = "b12_plan_view_answers"

/** Menu for the shown day and for the plan, undo and redo, and the link. */
function makeTools(view) {
  const { texts, menu } = view
  const name = el("h3", { class: "day-name", id: "day-name" })
  const line = el("p", { class: "day-line" })
  const undo = button({ class: "tool", "aria-label": texts.undo, onclick: () => view.edit("undo", {}, { text: texts.undone }) }, "undo")
  const redo = button({ class: "tool", "aria-label": texts.redo, onclick: () => view.edit("redo", {}, { text: texts.redone }) }, "redo")
  const link = button({ class: "tool words", onclick: copyLink }, "link", texts.copy_link)
  const more = menuButton(menu, { class: "tool words" }, "tune", () => texts.plan_menu, entries, texts.plan_menu)
  const fasted = el("input", { type: "checkbox", onchange: () => view.edit("nothing_eaten", { day: view.day(), on: fasted.checked }) })
  const nothing = el("label", { class: "tick" }, fasted, el("span", { text: texts.nothing_eaten }))
  const shown = el("input", { type: "text", readOnly: true, class: "link-here", "aria-label": texts.link_here, hidden: true })
  const box = el("div", { class: "tools" }, el("div", { class: "day-head" }, name, line), el("div", { class: "buttons" }, undo, redo, link, more), nothing, shown)

  async function copyLink() {
    const url = window.location.href
    try {
      await navigator.clipboard.writeText(url)
      set(link.lastChild, { text: texts.link_copied })
      view.say(texts.link_copied)
      setTimeout(() => set(link.lastChild, { text: texts.copy_link }), 2500)
    } catch (error) {
      // No access to the clipboard: the link to copy by hand.
      set(shown, { hidden: false })
      shown.value = url
      shown.focus()
      shown.select()
    }
  }

  function entries() {
    const data = view.data()
    const ticked = new Set()
    const day = view.day()
    return [
      view.days().length > 1 && {
        text: texts.copy_day,
        stay: true,
        act: () => menu.turn(texts.copy_day, () => copyEntries(view, day, ticked, (to, text) => view.edit("copy_day", { day, to }, { text }))),
      },
      { text: texts.keep_baseline, act: () => view.edit("keep_baseline", {}) },
      data.kept && { text: texts.restore_baseline, disabled: !data.kept_differs, act: () => view.edit("restore_baseline", {}) },
      data.kept && { text: texts.drop_baseline, act: () => view.edit("drop_baseline", {}) },
      { text: texts.starter, act: () => view.edit("starter", { bare: false }) },
      data.vegan && { text: texts.starter_bare, act: () => view.edit("starter", { bare: true }) },
      { text: texts.empty_day, act: () => view.edit("empty", { week: false }) },
      { text: texts.empty_week, act: () => view.edit("empty", { week: true }) },
    ]
  }

  return {
    box,
    update(data, day) {
      set(name, { text: day.name })
      set(line, { text: day.line })
      set(link, { hidden: !data.link })
      set(nothing, { hidden: day.meals.some((meal) => meal.items.length) })
      fasted.checked = day.nothing
      set(undo, { disabled: !data.undo, title: data.undo ? texts.undo : texts.undo_none })
      set(redo, { disabled: !data.redo })
    },
  }
}

/** Foods that do not fit the person any more, and what could take their place. */
function makeMisfits(view) {
  const { texts } = view
  const said = el("p", { class: "said" })
  const all = button({ class: "main", onclick: () => view.edit("stand_ins", {}) }, null, texts.all_stand_ins)
  const rows = el("ul", {})
  const more = el("details", {}, el("summary", { text: texts.one_by_one }), rows)
  const box = el("section", { class: "misfits", hidden: true }, said, all, more)
  let known = 0
  return {
    box,
    update(misfits) {
      set(box, { hidden: !misfits })
      if (!misfits) {
        known = 0
        set(said, { text: "" })
        return
      }
      set(said, { text: misfits.said })
      if (misfits.rows.length && !known) more.open = misfits.rows.length <= 4 // a long list would push the meals out of reach
      known = misfits.rows.length
      set(all, { hidden: known < 2 })
      keyed(rows, misfits.rows, (row) => row.food, () => el("li", {}, el("span", { dir: "auto" }), button({}, null, "")), (row, entry) => {
        set(row.firstChild, { text: entry.said })
        set(row.lastChild.firstChild, { text: entry.swap ? texts.swap_now : texts.take_out })
        row.lastChild.onclick = () => view.edit("stand_in", { food: entry.food })
      })
    },
  }
}

/** What is known of a food, over the page. */
function makeDetails(root, texts) {
  const name = el("h4", { dir: "auto" })
  const lines = el("div", {})
  const close = button({ class: "quiet", onclick: () => box.close() }, null, texts.close)
  const box = el("dialog", { class: "details", "aria-label": texts.details }, name, lines, close)
  root.append(box)
  box.onclick = (event) => { if (event.target === box) box.close() }
  return (details) => {
    set(name, { text: details.name })
    lines.replaceChildren(...details.lines.map((line) => el("p", { text: line })))
    if (!box.open) box.showModal()
  }
}

function makeView(still) {
  const { texts } = still
  const root = el("div", { class: "b12" })
  const foods = new Map()
  const measures = new Map()
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(still.css)
  let shownDay = 0
  let numbers = 0
  let component = null
  let search = null
  let wanted = null
  let detailed = null
  let focusNext = null
  let foodsText = ""
  // Told by the browser once it has laid the page out: to ask while rows are drawn would have it lay the page out each time.
  let width = 0
  new ResizeObserver(() => {
    const before = view.narrow()
    width = root.clientWidth
    if (component && view.narrow() !== before) view.draw()
  }).observe(root)

  const menu = makeMenu(root)
  const message = makeMessage(root, texts, () => view.edit("undo", {}, { text: texts.undone }))
  const asking = makeAsking({
    draw: () => view.draw(),
    refused: (text) => { message.show(text, { refused: true }); message.say(text) },
    waiting: () => message.show(texts.waiting, { refused: true }),
  })
  const showDetails = makeDetails(root, texts)
  const placeKey = ([day, meal], food) => `${day}-${meal}-${food}`

  const view = {
    root,
    texts,
    menu,
    meals: still.meals,
    nextNumber: () => ++numbers,
    data: () => component.data,
    days: asking.days,
    day: () => shownDay,
    food: (id) => foods.get(id),
    target: () => component.data.target?.ug,
    dayUg: () => { const day = asking.days()[shownDay]; return day.natural + day.added + day.supplement },
    narrow: () => width < 560,
    focused: () => root.getRootNode().activeElement,
    say: message.say,
    keptMeasure: (place, food) => measures.get(placeKey(place, food)),
    keepMeasure: (place, food, number) => measures.set(placeKey(place, food), number),

    edit(kind, fields, local = {}) {
      for (const food of [local.food, ...(local.foods ?? []).map((weighed) => weighed.food)]) if (food) foods.set(food.id, food)
      if (local.key) { const kept = measures.get(placeKey(fields.place, fields.food)); if (kept !== undefined) measures.set(placeKey(local.key, fields.food), kept) }
      asking.edit(kind, fields, local)
      // The message stands at once; what the server refuses takes its place.
      if (local.text) message.show(local.text, { undoable: kind !== "undo" && kind !== "redo" })
      else message.hide()
    },

    /** `line`: whether several foods with amounts may stand in the query. */
    search(query, line, take) {
      search = take
      wanted = asking.ask("search", { query, line })
    },
    showDetails: (food) => { detailed = asking.ask("details", { food }) },

    /** The plan's foods that are not in a meal yet, those eaten most often first. */
    often(meal) {
      const count = new Map()
      const here = new Set(asking.days()[shownDay].meals[meal].items.map((item) => item.food))
      for (const day of asking.days()) for (const { items } of day.meals) for (const item of items) {
        if (!here.has(item.food)) count.set(item.food, [(count.get(item.food)?.[0] ?? 0) + 1, item])
      }
      return [...count.entries()].sort(([, [a]], [, [b]]) => b - a).flatMap(([id]) => (foods.get(id)?.said ? [foods.get(id)] : []))
    },

    showDay(number) {
      if (number === shownDay) return
      shownDay = number
      view.draw()
    },

    /** Where the focus goes when a row is gone: the next one's menu, or a button. */
    focusAfter(row, otherwise) {
      const next = row.nextElementSibling ?? row.previousElementSibling
      focusNext = () => (next?.querySelector("button.dots, button.remove") ?? otherwise ?? row.closest(".meal")?.querySelector("input.find"))?.focus({ preventScroll: true })
      if (!next && !otherwise) focusNext = null
    },

    /** The focus goes to the row that takes the place of this one. */
    focusAt(row) {
      const rows = row.parentElement
      const at = [...rows.children].indexOf(row)
      focusNext = () => rows.children[at]?.querySelector("button.dots")?.focus({ preventScroll: true })
    },

    draw() {
      const days = asking.days()
      const { data } = component
      // The foods come by themselves, and may come later.
      if (days.some((day) => day.meals.some((meal) => meal.items.some((item) => !foods.has(item.food))))) return
      shownDay = Math.min(shownDay, days.length - 1)
      week.update(data, days)
      tools.update(data, days[shownDay])
      misfits.update(data.misfits)
      mealCards.forEach((card, meal) => card.update(shownDay, days[shownDay].meals[meal]))
      supplements.update(data)
      set(panel, { "aria-labelledby": `day-${shownDay}` })
      const focus = focusNext
      focusNext = null
      focus?.()
    },

    /** Everything the server answers comes in here: the foods of the plan and the answers to questions by themselves, and the rest. */
    receive(given) {
      const text = new TextDecoder().decode(given.data)
      if (given.name === FOODS) {
        // They come again with every run, and are mostly the same.
        if (text === foodsText) return
        foodsText = text
        for (const food of JSON.parse(text)) foods.set(food.id, food)
        if (component) view.draw()
        return
      }
      const data = JSON.parse(text)
      if (given.name === ANSWERS) {
        asking.answer({ ...given, data })
        if (data.matches && data.matches.id === wanted) { wanted = null; search?.(data.matches) }
        if (data.details && data.details.id === detailed) { detailed = null; showDetails(data.details) }
        return
      }
      // Streamlit may hand over two runs in the wrong order; an older one never takes the place of a newer one.
      const [process, run] = data.run
      if (component && component.data.run[0] === process && component.data.run[1] > run) return
      component = { ...given, data }
      const { parentElement } = given
      if (root.parentNode !== parentElement) {
        parentElement.adoptedStyleSheets = [sheet]
        parentElement.append(root)
      }
      root.toggleAttribute("data-dark", data.dark)
      const answered = asking.receive(component)
      view.draw()
      if (answered && !data.notice) {
        if (message.text() === texts.waiting) message.hide()
        message.say(`${answered.local.text ?? ""} ${data.now}`.trim())
      }
    },
  }
  view.draggable = makeDragging(root, {
    scroller: () => document.querySelector("[data-testid=stMain]"),
    targets: () => [
      ...mealCards.map((card, meal) => [card.card, { meal }]),
      ...[...week.bars.children].map((tab, day) => [tab, { day }]),
    ],
    said: (shown) => shown.food.name,
    drop: ({ item, food, place }, to) => {
      const [day, meal] = place
      const toDay = to.day ?? day
      const toMeal = to.meal ?? meal
      if (toDay === day && toMeal === meal) return
      const about = { name: food.name, day: asking.days()[toDay].name, meal: still.meals[toMeal].toLowerCase() }
      view.edit("move", { place, food: item.food, day: toDay, meal: toMeal }, { text: fill(to.day === undefined ? texts.moved : texts.moved_day, about), key: [toDay, toMeal] })
    },
  })
  const week = makeWeek(view)
  const tools = makeTools(view)
  const misfits = makeMisfits(view)
  const mealCards = still.meals.map((_, meal) => makeMeal(view, meal))
  const supplements = makeSupplements(view, still)
  const panel = el("div", { class: "panel", role: "tabpanel", id: "day-panel" }, tools.box, ...mealCards.map((card) => card.card))
  root.prepend(el("div", { class: "body" }, week.box, misfits.box, panel, supplements.card, el("p", { class: "undo-anew", text: texts.undo_anew })))
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey && view.focused()?.tagName !== "INPUT" && component.data.undo) {
      event.preventDefault()
      view.edit("undo", {}, { text: texts.undone })
    }
  })
  return view
}

export default function () {
  // The same code is set up already; a newer one takes the place of an older one.
  const made = import.meta.url
  if (window.b12PlanView?.made === made) return
  const before = window.b12PlanView?.last ?? {}
  let view = null
  const receive = (component) => {
    receive.last = { ...receive.last, [component.name]: component }
    view ??= makeView(STILL)
    return view.receive(component)
  }
  receive.made = made
  window.b12PlanView?.remove()
  receive.remove = () => view?.root.remove()
  window.b12PlanView = receive
  for (const component of Object.values(before)) receive(component)
  document.dispatchEvent(new Event("b12-plan-view"))
}
