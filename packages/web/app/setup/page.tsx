import { readWholeSetup, type WholeSetup } from '@undertone/clinic/booking/commands.ts';
import { listBranches } from '@undertone/clinic/tenant/commands.ts';
import { Link } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/page.ts';
import { branchWords } from './branch-words.ts';
import { nameIn } from './parts.tsx';
import './setup.css';
import { sealWords } from './seal-words.ts';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup`: services, people, rooms and machines, each with what it still lacks to be booked. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const setup = await readWholeSetup(clinic, actor);
  if (!setup.ok) throw new Response(setup.message, { status: 403 });
  const branches = new Map((await listBranches(clinic, actor.tenantId)).map(({ id, name }) => [id, name]));
  const placesOf = (list: WholeSetup['rooms']) =>
    list.map(({ id, name, kinds, branch_id }) => ({
      id,
      name,
      kinds: kinds.join(', '),
      branch: branches.get(branch_id) ?? '',
    }));
  const serviceNames = new Map(setup.services.map(({ id, names }) => [id, nameIn(names, locale)]));
  return {
    locale,
    severalBranches: branches.size > 1,
    services: setup.services.map((one) => ({
      id: one.id,
      name: nameIn(one.names, locale),
      kind: one.kind,
      minutes: one.duration_min,
      isOnline: one.online,
      lacksPerson: !setup.people.some(
        ({ service_ids, branches: at }) => service_ids.includes(one.id) && at.length > 0,
      ),
      lacksRoom: lacks(one.room_kind, setup.rooms),
      lacksMachine: lacks(one.machine_kind, setup.machines),
    })),
    people: setup.people.map((one) => ({
      id: one.id,
      name: one.name,
      does: one.service_ids.flatMap((id) => serviceNames.get(id) ?? []).join(', '),
    })),
    rooms: placesOf(setup.rooms),
    machines: placesOf(setup.machines),
  };
}

function lacks(kind: string | null, places: WholeSetup['rooms']): boolean {
  return kind !== null && !places.some(({ kinds }) => kinds.includes(kind));
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: setupWords[loaderData?.locale ?? 'en'].title }];
}

export default function SetupPage({ loaderData }: Route.ComponentProps) {
  const { locale, services, people, rooms, machines, severalBranches } = loaderData;
  const words = setupWords[locale];
  const count = new Intl.NumberFormat(locale);
  const placeColumns = (kind: 'rooms' | 'machines') => [
    {
      id: 'name',
      title: words.name,
      renderCell: (one: (typeof rooms)[number]) => (
        <Link to={`/desk/setup/places/${kind}/${one.id}`}>{one.name}</Link>
      ),
    },
    { id: 'kinds', title: words.suits, renderCell: (one: (typeof rooms)[number]) => one.kinds },
    ...(severalBranches
      ? [{ id: 'branch', title: words.branch, renderCell: (one: (typeof rooms)[number]) => one.branch }]
      : []),
  ];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        <div className="row">
          <ButtonLink to="/desk/setup/branches">{branchWords[locale].title}</ButtonLink>
          <ButtonLink to="/desk/setup/hours">{words.hours}</ButtonLink>
          <ButtonLink to="/desk/setup/rules">{words.rules}</ButtonLink>
          <ButtonLink to="/desk/setup/seal">{sealWords[locale].title}</ButtonLink>
        </div>
      </header>
      <div className="stack-l">
        <section className="stack">
          <div className="row-apart">
            <h2>{words.services}</h2>
            <ButtonLink to="/desk/setup/services/new">{words.addService}</ButtonLink>
          </div>
          {services.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            <Table
              caption={words.services}
              rows={services}
              keyOf={(one) => one.id}
              columns={[
                {
                  id: 'name',
                  title: words.name,
                  renderCell: (one) => <Link to={`/desk/setup/services/${one.id}`}>{one.name}</Link>,
                },
                { id: 'kind', title: words.kind, renderCell: (one) => words.kinds[one.kind] },
                {
                  id: 'minutes',
                  title: words.duration,
                  number: true,
                  renderCell: (one) => `${count.format(one.minutes)} min`,
                },
                {
                  id: 'lacks',
                  title: words.lacks,
                  renderCell: (one) => (
                    <span className="row">
                      {one.lacksPerson ? <Badge tone="ochre">{words.noPerson}</Badge> : null}
                      {one.lacksRoom ? <Badge tone="ochre">{words.noRoom}</Badge> : null}
                      {one.lacksMachine ? <Badge tone="ochre">{words.noMachine}</Badge> : null}
                      {one.isOnline ? null : <Badge>{words.offline}</Badge>}
                    </span>
                  ),
                },
              ]}
            />
          )}
        </section>
        <section className="stack">
          <div className="row-apart">
            <h2>{words.people}</h2>
            <ButtonLink to="/desk/setup/people/new">{words.addPerson}</ButtonLink>
          </div>
          {people.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            <Table
              caption={words.people}
              rows={people}
              keyOf={(one) => one.id}
              columns={[
                {
                  id: 'name',
                  title: words.name,
                  renderCell: (one) => <Link to={`/desk/setup/people/${one.id}`}>{one.name}</Link>,
                },
                { id: 'does', title: words.does, renderCell: (one) => one.does },
              ]}
            />
          )}
        </section>
        {(['rooms', 'machines'] as const).map((kind) => (
          <section className="stack" key={kind}>
            <div className="row-apart">
              <h2>{words[kind]}</h2>
              <ButtonLink to={`/desk/setup/places/${kind}/new`}>
                {kind === 'rooms' ? words.addRoom : words.addMachine}
              </ButtonLink>
            </div>
            {loaderData[kind].length === 0 ? (
              <p className="soft">{words.none}</p>
            ) : (
              <Table
                caption={words[kind]}
                rows={kind === 'rooms' ? rooms : machines}
                keyOf={(one) => one.id}
                columns={placeColumns(kind)}
              />
            )}
          </section>
        ))}
      </div>
    </>
  );
}
