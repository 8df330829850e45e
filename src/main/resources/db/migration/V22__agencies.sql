-- Where people come from: kinds of agencies, and the organisations of each. Both are data of the authority. What the record keeps of
-- somebody is the code of their organisation, or of its kind where nobody knows more; it is also the name of the group in which their
-- people sign in, and "<code>.safeguarding-lead" is the group that is asked when they are silent. The codes of before go on.
create table agency (
  code        text primary key,
  name        text not null,                   -- as forms offer it
  counts_as   text references agency,          -- for which agency its people speak where a quorum counts; empty where for none
  closed      boolean not null default false,  -- true: only what is written already names it
  position    integer not null default 500,    -- its place in lists
  recorded_by text not null,
  constraint an_agencys_code_is_a_group check (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')
);
create table organisation (
  code              text primary key,
  name              text not null,
  agency            text not null references agency check (agency <> 'social-care'), -- ours are teams
  safeguarding_lead text,
  reach             text,                      -- how to reach them
  closed            boolean not null default false,
  recorded_by       text not null,
  constraint an_organisations_code_is_a_group check (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')
);

create function one_code_names_one() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'agency' and exists (select from organisation where code = new.code)
     or tg_table_name = 'organisation' and exists (select from agency where code = new.code) then
    raise exception 'this code names an agency and an organisation' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger one_code_names_one before insert or update of code on agency for each row execute function one_code_names_one();
create trigger one_code_names_one before insert or update of code on organisation for each row execute function one_code_names_one();

insert into agency (code, name, counts_as, position, recorded_by) values
  ('police',           'Police',                  'police',           10, 'system'),
  ('health',           'Health',                  'health',           20, 'system'),
  ('general-practice', 'General practice',        'health',           30, 'system'),
  ('hospital',         'Hospital',                'health',           40, 'system'),
  ('school',           'School or nursery',       'school',           50, 'system'),
  ('social-care',      'Children’s social care',  'social-care',      60, 'system'),
  ('adult-services',   'Adult services',          'adult-services',   70, 'system'),
  ('housing',          'Housing',                 'housing',          80, 'system'),
  ('probation',        'Probation',               'probation',        90, 'system'),
  ('voluntary',        'Voluntary organisation',  'voluntary',       100, 'system'),
  ('other-authority',  'Another local authority', 'other-authority', 900, 'system'),
  ('other',            'Other',                   'other',           990, 'system');

-- The agency behind a code of the record: that of an organisation, else what the code says. Also of codes that others have written.
create function agency_of(written text) returns text language sql stable as
  $$ select coalesce((select agency from organisation where code = written), written) $$;

-- What somebody is called or is there, with the name of their organisation, for readers who do not know its code.
create function with_organisation(said text, written text) returns text language sql stable as
  $$ select nullif(concat_ws(', ', said, (select name from organisation where code = written)), '') $$;

-- older ones would show forms whose agencies are an empty list
update schema_range set oldest_release = '22';
