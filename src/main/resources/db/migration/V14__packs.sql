-- What goes along with a family, and what came with one. As before: nothing is deleted.

-- An order or a professional that another authority has written down; such rows go along as they came.
alter table legal_status add id uuid not null default gen_random_uuid(), add authority text;
alter table legal_status add primary key (id);
alter table involvement add authority text,
  add core_group boolean not null default false; -- belonged to the core group there; ours is named anew

-- Brothers and sisters may come one after the other, into families of their own, with the same meeting in both packs.
alter table from_elsewhere drop constraint from_elsewhere_pkey, add primary key (case_id, id);
drop index from_elsewhere_case;
create index from_elsewhere_person on from_elsewhere (person_id) where person_id is not null;

-- The same document is kept once.
create unique index pack_once on pack (move_id, sha256);

-- A moment as a pack writes it: in UTC, to the microsecond, so that it comes out of any database as it went in.
create function pack_moment(at timestamptz) returns text language sql stable parallel safe as
  $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
