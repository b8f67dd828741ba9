/** As much of a Node response as next-auth 4 uses, collected into a web `Response`. */
export function newAnswer() {
  const headers = new Headers({ 'cache-control': 'no-store' })
  let status = 200
  let body: string | null = null
  const response = {
    status(code: number): unknown {
      status = code
      return response
    },
    getHeader: (name: string) =>
      name.toLowerCase() === 'set-cookie' ? headers.getSetCookie() : headers.get(name),
    setHeader(name: string, value: string | string[]): unknown {
      headers.delete(name)
      for (const one of [value].flat()) headers.append(name, one)
      return response
    },
    json(value: unknown) {
      body = JSON.stringify(value)
    },
    send(value: unknown) {
      body = typeof value === 'string' ? value : JSON.stringify(value)
    },
    end: () => {},
  }
  return {
    response,
    toResponse: () => new Response(body, { status: status === 302 ? 303 : status, headers }),
  }
}
