import { CircleAlert, X } from 'lucide-react'
import { closeNotice, useNotices } from '../stores/notices.js'
import { IconButton } from '../ui/Button.js'

/** Short messages at the lower right; read out by screen readers as they appear. */
export function Notices() {
  const shown = useNotices()
  return (
    <div className="notices" role="status" aria-label="Messages">
      {shown.map(({ id, kind, message, hint }) => (
        <div
          key={id}
          className={`notice notice-${kind}`}
          onAnimationEnd={(event) => event.animationName === 'notice-leaves' && closeNotice(id)}
        >
          {kind === 'error' && <CircleAlert size={16} strokeWidth={1.5} />}
          <div className="notice-text">
            <p>{message}</p>
            {hint && <p className="notice-hint">{hint}</p>}
          </div>
          <IconButton icon={X} label="Close message" onPress={() => closeNotice(id)} />
        </div>
      ))}
    </div>
  )
}
