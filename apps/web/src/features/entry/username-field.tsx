import { useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { api, ApiError, ok } from '../../api/client';
import { LtrInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import fa from './fa.json';

const typingMs = 400;

/** A username to choose; whether it can be had is said when the typing rests (IDN-215). */
export function UsernameField() {
  const queries = useQueryClient();
  const isFree = async (username: string): Promise<void> => {
    const answer = await queries
      .fetchQuery({
        queryKey: ['usernames', username],
        queryFn: () => ok(api.GET('/api/v1/sign-ups/available', { params: { query: { username } } })),
        staleTime: 15_000,
      })
      .catch((error: unknown) => {
        // What cannot be asked now is asked again when the form is sent.
        if (error instanceof ApiError && error.code === 'input.invalid') throw new Error(fa.usernameForm);
        return { available: true };
      });
    if (!answer.available) throw new Error(fa.usernameTaken);
  };
  return (
    <Form.Item
      name="username"
      label={fa.username}
      extra={fa.usernameForm}
      hasFeedback
      validateDebounce={typingMs}
      validateFirst
      rules={[
        required(fa.username),
        { min: 3, max: 50, message: fa.usernameForm },
        { validator: (_rule, value: string) => isFree(value) },
      ]}
    >
      <LtrInput autoComplete="username" maxLength={50} />
    </Form.Item>
  );
}
