/** KV as bare workerd wants it: a service. Every number leads to the conference that its last three digits name. */
export default {
  async fetch(request) {
    const key = decodeURIComponent(new URL(request.url).pathname.slice(1));
    return /^\d+$/.test(key)
      ? new Response(`room-${key.slice(-3)}`)
      : new Response(null, { status: 404 });
  },
};
