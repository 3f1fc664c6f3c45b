import type { Device } from '../../../shared/api.js'
import { DEVICES, type DeviceName } from '../../../shared/training/settings.js'
import { useLoaded } from '../../stores/cache.js'
import { useServices } from '../../stores/services.js'
import { Select } from '../../ui/Select.js'

/** The devices of this computer, each with what it is or why it cannot be used. */
export function DeviceSelect(props: { readonly value: DeviceName; readonly onChange: (device: DeviceName) => void }) {
  const devices = useLoaded(useServices().devices, '')
  const known = devices.state === 'ready' ? devices.value : DEVICES.map(unexplored)
  return (
    <Select
      label="Device"
      value={props.value}
      onChange={props.onChange}
      // What can be chosen stands first; the rest says why it cannot.
      options={known
        .toSorted((a, b) => Number(b.available) - Number(a.available))
        .map(({ name, title, detail, hint = '', available }) => ({
          id: name,
          title,
          detail: `${detail} ${hint}`.trim(),
          disabled: !available,
        }))}
    />
  )
}

function unexplored(name: DeviceName): Device {
  return { name, title: name === 'auto' ? 'Fastest available' : name, detail: 'looking for devices', available: true }
}
