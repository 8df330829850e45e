-- Where children's paths part, what was known until then belongs to both families: the new one reads the old one up to this line.
alter table family_case
  add split_from  uuid references family_case,
  add split_after bigint,
  add constraint split_from_somewhere check ((split_from is null) = (split_after is null));
