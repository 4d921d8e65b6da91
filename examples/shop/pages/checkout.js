// What a shop's checkout adds: the session goes with the order, and the customer is named once known.
const form = document.querySelector('#checkout');
form.product.value = new URLSearchParams(location.search).get('product') ?? form.product.value;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  // Touchstone may be blocked or refused; the order is taken all the same.
  const session_id = window.touchstone?.session() ?? undefined;
  const order = { ...Object.fromEntries(new FormData(form)), session_id };
  const response = await fetch('/orders', { method: 'POST', body: JSON.stringify(order) });
  const answer = await response.json();
  document.querySelector('#answer').textContent = response.ok
    ? `Thank you. Your order is ${answer.number}.`
    : `That did not work: ${answer.error}`;
  if (response.ok) window.touchstone?.identify(answer.customer_id);
});
