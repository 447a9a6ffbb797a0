import { Alert } from 'antd';
import { ApiError } from '../api/client';
import fa from '../i18n/fa.json';

/** What the server refused, above or below a form. Nothing when there is nothing. */
export function FormError({ error }: { error: unknown }) {
  if (!error) return null;
  const known = error instanceof ApiError ? error : undefined;
  const fields = known?.fields.filter(({ message }) => message !== known.message) ?? [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBlockEnd: 16 }}
      title={known?.message ?? (error instanceof Error ? error.message : fa.failed)}
      description={
        fields.length > 0 ? (
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {fields.map(({ field, message }) => (
              <li key={field}>{message}</li>
            ))}
          </ul>
        ) : undefined
      }
    />
  );
}
