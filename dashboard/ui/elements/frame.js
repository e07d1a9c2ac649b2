// What every page needs is set up here, once per document; small elements then only hand over what a run of the server tells.
export default function ({ data }) {
  keypad(data.number_field)
  window.b12AddressHeard = addressHeard
  document.dispatchEvent(new Event("b12-address"))
}
