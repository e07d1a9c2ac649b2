// One food of a meal: name, amount with its stepper, measure, what it brings, and a menu.

function makeFoodRow(view) {
  const { texts, menu } = view
  const row = el("li", { class: "row" })
  let shown = null // { item, food, place, measure }
  let sent = null // what was typed and is with the server

  const grip = el("span", { class: "grip", "aria-hidden": "true" })
  grip.append(icon("grip"))
  const name = el("span", { class: "food", dir: "auto" })
  const marks = el("span", { class: "marks" })
  const title = el("div", { class: "title" }, name, marks)
  const less = button({ class: "step", tabIndex: -1, onclick: () => step(-1) }, "less")
  const more = button({ class: "step", tabIndex: -1, onclick: () => step(1) }, "more")
  const field = el("input", { type: "text", class: "count", inputMode: "decimal", autocomplete: "off", role: "spinbutton", maxLength: 12 })
  const unit = menuButton(menu, { class: "unit" }, null, () => fill(texts.amount_of, { name: shown.food.name }), () => measureEntries(), "")
  const grams = el("span", { class: "grams" })
  const amount = el("div", { class: "amount" }, el("span", { class: "stepper" }, less, field, more), unit, grams)
  const bar = el("span", { class: "bar", "aria-hidden": "true" })
  const figure = el("span", { class: "figure" })
  const sum = el("div", { class: "brings" }, bar, figure)
  const back = button({ class: "back", onclick: () => view.edit("off", named()) }, null, texts.put_back)
  const dots = menuButton(menu, { class: "dots" }, "dots", () => fill(texts.menu_of, { name: shown.food.name }), () => moreEntries())
  row.append(grip, title, amount, sum, back, dots)
  view.draggable(grip, row, () => shown)

  const named = () => ({ place: shown.place, food: shown.item.food })

  function step(by) {
    const to = stepped(shown.item.grams, shown.measure, by)
    if (to !== null) view.edit("grams", { ...named(), grams: to })
  }

  function typed() {
    const text = field.value.trim()
    if (text === countText() || text === sent) return
    sent = text
    const found = guess(text)
    // Whether it was done or refused, the text makes way for what the plan holds, unless another was typed since.
    const answered = () => { sent = null; if (field.value.trim() === text) field.dataset.said = field.value }
    view.edit("typed", { ...named(), text, measure: shown.measure.number }, { grams: found ? found * shown.measure.grams : 0, answered })
    if (found) field.value = countText()
  }

  field.onfocus = () => field.select()
  field.onblur = () => { typed(); draw() }
  field.onkeydown = (event) => {
    if (event.key === "Enter") { event.preventDefault(); typed(); field.select() }
    else if (event.key === "Escape") { field.value = countText(); field.select() }
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault()
      typed()
      step(event.key === "ArrowUp" ? 1 : -1)
    }
  }

  const countText = () => (shown.measure.number < 0 ? weight(shown.item.grams).replace(/,/g, "") : times(shown.item.grams / shown.measure.grams))
  const unitText = () => (shown.measure.number < 0 ? texts.grams : shown.item.grams / shown.measure.grams <= 1.005 ? shown.measure.one : shown.measure.many)

  /** Another measure: so many of it as of the one before; to grams, the weight stays. */
  function measureEntries() {
    const count = shown.item.grams / shown.measure.grams
    const chooseMeasure = (number) => {
      const to = measureOf(shown.food, number)
      view.keepMeasure(shown.place, shown.item.food, number)
      if (number >= 0 && shown.measure.number >= 0) {
        const weighed = Math.min(Math.round(count * to.grams * 10) / 10, GRAMS_MAX)
        if (weighed !== shown.item.grams) return view.edit("grams", { ...named(), grams: weighed })
      }
      view.draw()
    }
    return [
      ...shown.food.measures.map(([label], number) => ({ text: label, checked: number === shown.measure.number, act: () => chooseMeasure(number) })),
      { text: texts.grams, checked: shown.measure.number < 0, act: () => chooseMeasure(-1) },
    ]
  }

  function moreEntries() {
    const { place, food, item } = shown
    const [day, meal] = place
    const about = { name: food.name }
    const moveTo = (toDay, toMeal, text) => view.edit("move", { ...named(), day: toDay, meal: toMeal }, { text, key: [toDay, toMeal] })
    const days = () => view.days().map((other, number) => ({
      text: other.name,
      disabled: number === day,
      act: () => moveTo(number, meal, fill(texts.moved_day, { ...about, day: other.name })),
    }))
    return [
      ...view.meals.map((to, number) => number !== meal && {
        text: fill(texts.move_to, { meal: to.toLowerCase() }),
        act: () => moveTo(day, number, fill(texts.moved, { ...about, meal: to.toLowerCase() })),
      }),
      view.days().length > 1 && { text: texts.move_day, stay: true, act: () => menu.turn(texts.move_day, days) },
      { text: texts.swap, act: () => swap() },
      { text: item.off ? texts.put_back : texts.leave_out, act: () => view.edit("off", named(), item.off ? {} : { text: fill(texts.left_out, about) }) },
      { text: texts.details, act: () => view.showDetails(item.food, dots) },
      { text: texts.remove, act: () => { view.focusAfter(row); view.edit("remove", named(), { text: fill(texts.removed, about) }) } },
    ]
  }

  /** The row becomes a field; what is found there takes the place of the food. */
  function swap() {
    const { item, food } = shown
    let left = false
    const leave = () => {
      if (left) return // taking the field away makes it lose the focus, which leads here again
      left = true
      const inside = finder.box.contains(view.focused())
      finder.box.remove()
      row.classList.remove("swapping")
      if (inside) dots.focus({ preventScroll: true })
    }
    const finder = makeFinder(view, {
      label: fill(texts.swap_for, { name: food.name }),
      often: () => [],
      leave,
      choose: (other) => {
        const place = named()
        leave()
        view.focusAt(row)
        view.edit("swap", { ...place, to: other.id }, {
          grams: other.grams, measure: other.measure, food: other, text: fill(texts.swapped, { name: food.name, other: other.name }),
        })
      },
    })
    row.classList.add("swapping")
    row.append(finder.box)
    finder.field.focus({ preventScroll: true })
    return item
  }

  function draw() {
    if (!shown) return
    const { item, food, measure } = shown
    const about = { name: food.name }
    set(name, { text: food.name })
    const said = [...food.marks, ...(item.off ? [texts.uncounted_here] : [])]
    keyed(marks, said, (mark) => mark, (mark) => el("span", { class: "mark", text: mark }), () => {})
    row.classList.toggle("off", item.off)
    if (view.focused() !== field) field.value = countText()
    else if (field.dataset.said !== countText() && field.value === field.dataset.said) { field.value = countText(); field.select() }
    field.dataset.said = countText()
    const inGrams = measure.number < 0
    set(field, {
      "aria-label": fill(texts.amount_of, about),
      "aria-valuenow": String(Math.round((item.grams / measure.grams) * 100) / 100),
      "aria-valuetext": inGrams
        ? fill(texts.weight, { grams: weight(item.grams) })
        : fill(texts.in_measures, { count: times(item.grams / measure.grams), measure: unitText(), grams: weight(item.grams) }),
    })
    set(less, { "aria-label": fill(texts.less, about), disabled: stepped(item.grams, measure, -1) === null })
    set(more, { "aria-label": fill(texts.more, about), disabled: stepped(item.grams, measure, 1) === null })
    set(unit.firstChild, { text: unitText() })
    set(unit, { "aria-label": fill(texts.measure_of, { ...about, measure: unitText() }), disabled: !food.measures.length })
    set(grams, { text: inGrams ? "" : fill(texts.weight, { grams: weight(item.grams) }) })
    const b = brings(food, item.grams, texts)
    set(figure, { text: b.mostlyAdded ? fill(texts.added_ug, { amount: b.said }) : b.said })
    const whole = view.target() || view.dayUg() || 1
    drawShares(bar, item.off ? [] : [["natural", Math.min(1, b.natural / whole)], ["added", Math.min(1 - Math.min(1, b.natural / whole), b.added / whole)]], "width")
    bar.classList.toggle("over", !item.off && b.ug > whole * 1.005)
    bar.classList.toggle("unknown", Boolean(b.unknown))
    set(back, { "aria-label": fill(texts.put_back_name, about) })
    set(dots, { "aria-label": fill(texts.menu_of, about) })
  }

  return {
    row,
    update(item, food, place) {
      const kept = view.keptMeasure(place, item.food)
      // A row keeps its measure while its amount changes, even where another would say the new amount more simply.
      const number = kept ?? shown?.measure.number ?? item.measure
      shown = { item, food, place, measure: measureOf(food, number) }
      draw()
    },
  }
}
