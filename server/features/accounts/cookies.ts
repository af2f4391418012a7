// The cookies of signing in: the session's, and the device's, by which an account knows a browser again.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_DAYS, type SignedIn } from './sessions.ts';

const SESSION_COOKIE = 'ofs_session';
export const DEVICE_COOKIE = 'ofs_device';
/** Browsers keep no cookie longer. */
const DEVICE_DAYS = 400;
const DAY_SECONDS = 86_400;

/** Cookies are Secure everywhere but on this machine. */
export function isLocal(request: FastifyRequest): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(request.hostname);
}

/** With the prefix browsers take the cookie from this very host only: a neighbour under our domain cannot plant a session. */
function sessionCookieName(request: FastifyRequest): string {
  return isLocal(request) ? SESSION_COOKIE : `__Host-${SESSION_COOKIE}`;
}

export function sessionCookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[sessionCookieName(request)];
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(sessionCookieName(request), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: !isLocal(request),
  });
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookieName(request), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: !isLocal(request),
    maxAge: SESSION_DAYS * DAY_SECONDS,
  });
}

export function setSessionCookies(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): void {
  setSessionCookie(request, reply, signedIn.token);
  if (signedIn.device === undefined) return;
  reply.setCookie(DEVICE_COOKIE, signedIn.device, {
    path: '/api/v1/auth',
    httpOnly: true,
    sameSite: 'lax',
    secure: !isLocal(request),
    maxAge: DEVICE_DAYS * DAY_SECONDS,
  });
}
