import { ApiError, errorOf, offline } from './client';
import { noteUnreachable } from './line';
import { session } from './session';

interface Options {
  /** From 0 to 1, of the bytes that have left. */
  readonly onProgress?: (part: number) => void;
  readonly signal?: AbortSignal;
  /** Of the form; the API's upload routes call it `file`. */
  readonly field?: string;
}

/**
 * Sends one file as a form and says how far it is, which `fetch` cannot. Throws {@link ApiError}; of an aborted upload
 * one with the code `upload.aborted`.
 * @param path below /api/v1, with its slash
 */
export async function uploadFile<Answer>(path: string, file: File, options: Options = {}): Promise<Answer> {
  const token = await session.token();
  const first = await send(path, file, token, options);
  const renewed = first.status === 401 && token ? await session.renewed(token) : undefined;
  const response = renewed ? await send(path, file, renewed, options) : first;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as Answer;
  throw errorOf(body, response);
}

function send(
  path: string,
  file: File,
  token: string | undefined,
  { onProgress, signal, field = 'file' }: Options,
): Promise<Response> {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append(field, file);
  return new Promise((resolve, reject) => {
    request.open('POST', `/api/v1${path}`);
    request.setRequestHeader('accept-language', 'fa');
    request.setRequestHeader('x-requested-with', 'peyk-panel');
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const headers = new Headers();
      for (const name of ['retry-after', 'x-request-id']) {
        const value = request.getResponseHeader(name);
        if (value) headers.set(name, value);
      }
      resolve(new Response(request.responseText, { status: request.status, headers }));
    };
    request.onerror = () => {
      noteUnreachable();
      reject(offline());
    };
    request.onabort = () => reject(new ApiError('upload.aborted', '', 0));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
