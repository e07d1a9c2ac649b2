// What is taken beside food: a row each, and a form to add one.

function makeSupplements(view, { forms, usual }) {
  const { texts } = view
  const sum = el("span", { class: "sum" })
  const rows = el("ul", { class: "rows" })
  const empty = el("p", { class: "empty", text: texts.no_supplements })
  const open = button({ class: "quiet", "aria-expanded": "false", onclick: () => toggle(form.hidden) }, "plus", texts.add_supplement)
  const labelled = (label, control) => el("label", {}, el("span", { text: label }), control)
  const option = (value, text) => el("option", { value, text })
  const ready = el("select", {}, option("", texts.choose), ...usual.map((one, number) => option(String(number), one.label)))
  const kind = el("select", {}, ...forms.map(([value, text]) => option(value, text)))
  const dose = el("input", { type: "text", inputMode: "decimal", value: "10", maxLength: 12, autocomplete: "off" })
  const often = el("input", { type: "text", inputMode: "decimal", value: "7", maxLength: 12, autocomplete: "off" })
  const food = el("input", { type: "checkbox", checked: true })
  const form = el(
    "form", { class: "new-supplement", hidden: true, "aria-label": texts.add_supplement },
    labelled(texts.usual, ready), labelled(texts.form, kind), labelled(texts.dose, dose), labelled(texts.per_week, often),
    el("label", { class: "tick" }, food, el("span", { text: texts.with_food })),
    el("div", { class: "ends" }, el("button", { type: "submit", class: "main", text: texts.add_to_plan }), button({ class: "quiet", onclick: () => toggle(false) }, null, texts.cancel)),
  )
  const card = el("section", { class: "meal supplements", "aria-label": texts.supplements },
    el("header", {}, el("h4", { text: texts.supplements }), sum), el("div", { class: "foods" }, empty, rows, open, form))

  function toggle(on) {
    set(form, { hidden: !on })
    set(open, { hidden: on, "aria-expanded": String(on) })
    ;(on ? ready : open).focus({ preventScroll: true })
  }

  ready.onchange = () => {
    const chosen = usual[Number(ready.value)]
    if (ready.value === "" || !chosen) return
    kind.value = chosen.form
    dose.value = chosen.dose
    often.value = chosen.times
    food.checked = chosen.with_food
  }
  form.onsubmit = (event) => {
    event.preventDefault()
    const name = kind.selectedOptions[0].textContent
    // What was refused stays in the form, to be mended.
    const answered = (notice) => { if (notice) toggle(true) }
    view.edit("supplement", { form: kind.value, dose: dose.value, times: often.value, with_food: food.checked }, { text: fill(texts.added_name, { name }), answered })
    toggle(false)
  }
  form.onkeydown = (event) => { if (event.key === "Escape") toggle(false) }

  return {
    card,
    update(data) {
      set(sum, { text: data.supplement_said })
      set(empty, { hidden: data.supplements.length > 0 })
      keyed(rows, data.supplements, (said, number) => `${number}:${said}`, () => {
        const remove = button({ class: "quiet remove" }, "close", texts.remove)
        return el("li", { class: "row supplement" }, el("span", { class: "food" }), remove)
      }, (row, said, index) => {
        set(row.firstChild, { text: said })
        set(row.lastChild, { "aria-label": fill(texts.remove_name, { name: said }) })
        row.lastChild.onclick = () => { view.focusAfter(row, open); view.edit("remove_supplement", { index }, { text: fill(texts.removed, { name: said }) }) }
      })
    },
  }
}
