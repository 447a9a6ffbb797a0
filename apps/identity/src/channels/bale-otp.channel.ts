import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../config';
import type { CodeChannel, CodeMessage } from './code-channel';
import { post } from './http';

/** Codes of the answers of Safir's OTP service v2 (docs.bale.ai/gateway). */
const notOnBale = 17;
/** A token is renewed so long before its end. */
const marginMs = 60_000;

/** By Bale's own OTP service, which needs no chat: it knows who is on Bale by the mobile. */
@Injectable()
export class BaleOtpChannel implements CodeChannel {
  readonly name = 'bale_otp';
  private token: { readonly value: string; readonly untilMs: number } | undefined;

  constructor(private readonly config: IdentityConfig) {}

  async send({ mobile, code }: CodeMessage): Promise<'sent' | 'notThere'> {
    if (!this.config.safirClientId || !this.config.safirClientSecret || !mobile) return 'notThere';
    const url = `${this.config.safirUrl}/api/v2/send_otp`;
    const body = { phone: mobile, otp: code };
    let answer = await post(url, body, { token: await this.accessToken() });
    if (answer.status === 401) {
      this.token = undefined;
      answer = await post(url, body, { token: await this.accessToken() });
    }
    const problem = answer.body['code'];
    if (problem === notOnBale) return 'notThere';
    if (answer.status !== 200 || problem !== undefined)
      throw new Error(`Safir answered ${answer.status}, code ${String(problem)}`);
    return 'sent';
  }

  private async accessToken(): Promise<string> {
    if (this.token && this.token.untilMs > performance.now()) return this.token.value;
    const { status, body } = await post(
      `${this.config.safirUrl}/api/v2/auth/token`,
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: this.config.safirClientId ?? '',
        client_secret: this.config.safirClientSecret ?? '',
        scope: 'read',
      }),
    );
    const { access_token: value, expires_in: seconds } = body;
    if (status !== 200 || typeof value !== 'string') throw new Error(`Safir gave no token: ${status}`);
    const lifeMs = typeof seconds === 'number' ? seconds * 1_000 : 0;
    this.token = { value, untilMs: performance.now() + lifeMs - marginMs };
    return value;
  }
}
