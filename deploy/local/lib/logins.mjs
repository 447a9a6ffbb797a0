// Each program's own login at the local servers. Its password is made of the administrator's, so that nothing more has to
// be kept, and does not lead back to it.
import { createHmac } from 'node:crypto';

/**
 * @param {string} secret the administrator's password
 * @param {string} name the login's
 * @returns {string} hexadecimal
 */
export function loginPassword(secret, name) {
  return createHmac('sha256', secret).update(`peyk login ${name}`).digest('hex');
}

/**
 * @param {string} url the administrator's
 * @param {string} name
 * @param {string} [secret] the administrator's password, unless said otherwise
 * @returns {string} the same place, as this login
 */
export function loginUrl(url, name, secret) {
  const own = new URL(url);
  own.password = loginPassword(secret ?? decodeURIComponent(own.password), name);
  own.username = name;
  return own.href;
}
