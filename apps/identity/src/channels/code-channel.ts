import type { CodePurpose } from '@peyk/contracts/identity';

/** What a code opens: also the mobile of somebody who signs up, and the present and the new one of who changes it. */
export type SentPurpose = CodePurpose | 'verify_mobile' | 'leave_mobile' | 'take_mobile';

/** Ways by which a person can be reached; null where there is none. */
export interface Reachable {
  /** `98...` */
  readonly mobile: string | null;
  /** Chat with our Bale bot. */
  readonly chatId: string | null;
  readonly email: string | null;
}

export interface CodeMessage extends Reachable {
  /** The same in each repetition of one send. */
  readonly id: string;
  readonly code: string;
  readonly purpose: SentPurpose;
}

/** One way to bring a code to a person. */
export interface CodeChannel {
  readonly name: 'bale_chat' | 'bale_otp' | 'sms' | 'email';
  /**
   * @returns `notThere`: this person cannot be reached so, or the way is switched off; another one has to be taken
   * @throws any error when it may work a moment later
   */
  send(message: CodeMessage): Promise<'sent' | 'notThere'>;
}
