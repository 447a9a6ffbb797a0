import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import fa from './fa.json';

/** Of the Shape Detection API, which TypeScript does not know: some browsers have it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: readonly string[] }) => Detector;

const detectorClass = (): DetectorClass | undefined =>
  (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
export const hasReader = (): boolean => detectorClass() !== undefined && 'mediaDevices' in navigator;

const everyMs = 250;

/** Reads the first QR code that the camera sees. */
export function CameraReader({ onRead }: { onRead: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const Reader = detectorClass();
    if (!Reader) return;
    const detector = new Reader({ formats: ['qr_code'] });
    let stream: MediaStream | undefined;
    let closed = false;
    const look = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const view = video.current;
      while (!closed && view) {
        if (!view.srcObject) {
          view.srcObject = stream;
          await view.play();
        }
        const [found] = await detector.detect(view);
        if (closed) break;
        if (found) return onRead(found.rawValue);
        await new Promise((done) => setTimeout(done, everyMs));
      }
    };
    void look()
      .catch(() => closed || setFailed(true))
      .finally(() => stream?.getTracks().forEach((track) => track.stop()));
    return () => {
      closed = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [onRead]);
  if (failed) return <Alert type="warning" showIcon title={fa.noCamera} />;
  return (
    <video
      ref={video}
      muted
      playsInline
      aria-label={fa.cameraView}
      style={{ width: '100%', borderRadius: 8 }}
    />
  );
}
