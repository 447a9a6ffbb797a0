import { Button, Result, Skeleton } from 'antd';
import { Link, useRouteError } from 'react-router';
import { ApiError } from '../api/client';
import fa from '../i18n/fa.json';

export function NotFound() {
  return (
    <Result
      status="404"
      title={fa.noSuchPage}
      subTitle={fa.noSuchPageWhy}
      extra={<Link to="/home">{fa.toHome}</Link>}
    />
  );
}

export function Forbidden() {
  return (
    <Result
      status="403"
      title={fa.forbidden}
      subTitle={fa.forbiddenWhy}
      extra={<Link to="/home">{fa.toHome}</Link>}
    />
  );
}

export function Loading() {
  return <Skeleton active aria-label={fa.loading} paragraph={{ rows: 6 }} />;
}

/** Why something could not be shown, in the words of the server, and a way on. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (error instanceof ApiError && error.status === 404)
    return <Result status="404" title={error.message} extra={<Link to="/home">{fa.toHome}</Link>} />;
  return (
    <Result
      status={error instanceof ApiError && error.status > 0 && error.status < 500 ? 'warning' : 'error'}
      title={error instanceof ApiError ? error.message : fa.pageFailed}
      subTitle={
        error instanceof ApiError && error.requestId ? (
          <>
            {fa.requestId} <bdi>{error.requestId}</bdi>
          </>
        ) : undefined
      }
      extra={onRetry && <Button onClick={onRetry}>{fa.retry}</Button>}
    />
  );
}

/** A page broke, or its code did not come: after a release the old page asks for code that is gone. */
export function RouteError() {
  const error = useRouteError();
  return <Failure error={error} onRetry={() => window.location.reload()} />;
}
