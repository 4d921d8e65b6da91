/** Asks Touchstone with the shop's key and answers its data; throws what it refuses. */
export async function askTouchstone({ touchstone, key }, path, body) {
  const response = await fetch(`${touchstone}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.success) throw new Error(answer.error.message);
  return answer.data;
}
