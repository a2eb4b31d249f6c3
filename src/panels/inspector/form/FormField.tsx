import type { Field } from '../../../gate'
import { BooleanControl, EnumControl, NumberControl, TextControl } from './plain-controls'
import { ChoicesControl } from './ChoicesControl'
import { DurationControl } from './DurationControl'
import { JsonControl, MapControl, StringsControl } from './free-controls'
import { ListControl } from './ListControl'
import { ObjectControl, VariantControl } from './nested-controls'
import { RefControl, RefsControl } from './ref-controls'
import { ControlContext, type ControlProps } from './form-context'

/** The control for a field, by its kind. */
export function FormField(props: ControlProps) {
  return (
    <ControlContext value={FormField}>
      <Control {...props} />
    </ControlContext>
  )
}

/** As many values as there are to choose from. */
const isSet = ({ item, max }: Field): boolean =>
  item?.kind === 'enum' && max !== undefined && max <= (item.values?.length ?? 0)

function Control(props: ControlProps) {
  switch (props.field.kind) {
    case 'integer':
    case 'number':
      return <NumberControl {...props} />
    case 'boolean':
      return <BooleanControl {...props} />
    case 'enum':
      return <EnumControl {...props} />
    case 'string':
      return <TextControl {...props} />
    case 'ref':
      return <RefControl {...props} />
    case 'refs':
      return <RefsControl {...props} />
    case 'duration':
      return <DurationControl {...props} />
    case 'object':
      return <ObjectControl {...props} />
    case 'variant':
      return <VariantControl {...props} />
    case 'list':
      return isSet(props.field) ? <ChoicesControl {...props} /> : <ListControl {...props} />
    case 'map':
      return <MapControl {...props} />
    case 'strings':
      return <StringsControl {...props} />
    case 'json':
      return <JsonControl {...props} />
  }
}
