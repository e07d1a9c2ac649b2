// Amounts as the app says them, for the row under the finger. The server's words are the model: tests hold the two together.

const FRACTIONS = [[0.25, "¼"], [0.33, "⅓"], [0.5, "½"], [0.67, "⅔"], [0.75, "¾"]]
const PARTS = { "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3 }
const GRAMS_MAX = 5000

// Made once: making one takes longer than a hundred uses.
const THOUSANDS = new Intl.NumberFormat("en-US")

/** An amount with as many decimals as it deserves: 0.05, 0.9, 13.3, 1,000. */
function decimals(amount) {
  if (amount >= 100) return THOUSANDS.format(Math.round(amount))
  if (amount < 0.005) return "0"
  if (amount < 0.095) return amount.toFixed(2)
  const said = amount.toFixed(1)
  return amount >= 10 ? said.replace(/\.0$/, "") : said
}

/** How many of a measure: ½, 1, 1½, 2.3. */
function times(count) {
  const rounded = Math.round(count * 100) / 100
  const whole = Math.floor(rounded)
  const rest = rounded - whole
  if (rest < 0.005) return String(whole)
  const found = FRACTIONS.find(([part]) => Math.abs(rest - part) < 0.011)
  if (found) return whole ? `${whole}${found[1]}` : found[1]
  return count < 0.1 ? rounded.toFixed(2) : count.toFixed(1)
}

/** A weight in grams, without its unit. */
function weight(grams) {
  return grams >= 10 ? THOUSANDS.format(Math.round(grams)) : String(Math.round(grams * 10) / 10)
}

/** What a person typed as a number, only to show it until the server has read it; null when that is not plain. */
function guess(text) {
  const plain = text.trim().replace(",", ".")
  if (/^\d{1,5}(\.\d{1,4})?$/.test(plain)) return Number(plain)
  const match = /^(\d{0,4})\s*([½¼¾⅓⅔])$/.exec(plain)
  return match ? Number(match[1] || 0) + PARTS[match[2]] : null
}

/** The measure of an item: grams where the food has none that fits. */
function measureOf(food, number) {
  const found = number >= 0 ? food.measures[number] : undefined
  return found ? { number, grams: found[1], one: found[2], many: found[3] } : { number: -1, grams: 1, one: "", many: "" }
}

/** One step of the stepper up (1) or down (-1), in the measure; the weight it comes to, or null where there is no step. */
function stepped(grams, measure, by) {
  const count = Math.round((grams / measure.grams) * 1000) / 1000
  const size = stepSize(count, measure, by)
  const next = by > 0 ? Math.floor(count / size + 1.001) * size : Math.ceil(count / size - 1.001) * size
  const weighed = Math.round(next * measure.grams * 10) / 10
  return next > 0 && weighed > 0 && weighed <= GRAMS_MAX ? weighed : null
}

function stepSize(count, measure, by) {
  const below = by < 0
  if (measure.number < 0) {
    const ladder = [[10, 1], [50, 5], [200, 10], [500, 25], [Infinity, 50]]
    return ladder.find(([end]) => (below ? count <= end : count < end))[1]
  }
  if (below ? count <= 0.5 : count < 0.5) return 0.25
  return (below ? count <= 6 : count < 6) ? 0.5 : 1
}

/** B12 of so many grams of a food, and how it is said. */
function brings(food, grams, texts) {
  if (food.ug === null) return { ug: 0, natural: 0, added: 0, said: texts.no_value, unknown: true }
  if (!food.counted) return { ug: 0, natural: 0, added: 0, said: food.ug ? texts.not_counted : texts.none }
  const ug = (food.ug * grams) / 100
  const added = Math.min(ug, (food.added * grams) / 100)
  return { ug, natural: ug - added, added, said: saidUg(ug, texts), mostlyAdded: added > ug / 2 }
}

function saidUg(ug, texts) {
  if (ug === 0) return texts.none
  if (ug < 0.005) return fill(texts.under, { amount: "0.01" })
  return fill(texts.amount_ug, { amount: decimals(ug) })
}

/** A text with its names in braces filled in. The result is text, never markup. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""))
}
