import { listAllBranches } from '@undertone/clinic/booking/commands.ts';
import { Link } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/branches.ts';
import { branchWords } from './branch-words.ts';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/branches`: where the clinic works. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const listed = await listAllBranches(context.get(askedContext).clinic, actorOf(context));
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  return {
    locale: localeOf(request),
    branches: listed.branches.map(({ id, name, town, zone, closedAt, ahead }) => ({
      id,
      name,
      town,
      zone,
      ahead,
      isOpen: closedAt === null,
    })),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: branchWords[loaderData?.locale ?? 'en'].title }];
}

export default function Branches({ loaderData }: Route.ComponentProps) {
  const { locale, branches } = loaderData;
  const words = branchWords[locale];
  const count = new Intl.NumberFormat(intlTag(locale));
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <div className="row">
          <ButtonLink to="/desk/setup/branches/new">{words.add}</ButtonLink>
          <ButtonLink to="/desk/setup">{setupWords[locale].back}</ButtonLink>
        </div>
      </header>
      <Table
        caption={words.title}
        rows={branches}
        keyOf={(one) => one.id}
        columns={[
          {
            id: 'name',
            title: setupWords[locale].name,
            renderCell: (one) => <Link to={`/desk/setup/branches/${one.id}`}>{one.name}</Link>,
          },
          { id: 'town', title: words.town, renderCell: (one) => one.town ?? '—' },
          { id: 'zone', title: words.zone, renderCell: (one) => one.zone },
          { id: 'ahead', title: words.ahead, number: true, renderCell: (one) => count.format(one.ahead) },
          {
            id: 'state',
            title: words.state,
            renderCell: (one) => (
              <Badge tone={one.isOpen ? 'verdigris' : 'nil'}>{one.isOpen ? words.open : words.closed}</Badge>
            ),
          },
        ]}
      />
    </>
  );
}
