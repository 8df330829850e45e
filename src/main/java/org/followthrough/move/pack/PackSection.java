package org.followthrough.move.pack;

import java.util.List;
import java.util.stream.Stream;

/**
 * The sections of a pack that stay what another authority has written, item by item: how our own rows become such items. Each query
 * knows {@code :children}, who move, and {@code home}, the families they belong or belonged to, with the day until when.
 */
enum PackSection {

  EPISODES("episodes", "referredAt", """
      select jsonb_build_object('id', e.id, 'child', e.person_id, 'referredAt', pack_moment(e.referred_at), 'sourceCode', e.source_code,
        'closedAt', pack_moment(e.closed_at), 'closedWhy', e.closed_why, 'closingCode', e.closing_code)
      from episode e where e.person_id in (:children) and e.closed_why is distinct from 'decision taken back'"""),

  PLANS("plans", "begunOn", """
      select jsonb_build_object('id', p.id, 'child', p.person_id, 'kind', p.kind, 'begunOn', p.begun_on, 'begunBy', p.begun_by,
        'firstCategory', p.first_category, 'latestCategory', p.latest_category, 'childSays', p.child_says, 'seenHowOften', p.seen_how_often,
        'endedOn', p.ended_on, 'endedWhy', p.ended_why, 'recordedAt', pack_moment(p.recorded_at), 'recordedBy', p.recorded_by,
        'rows', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'risk', r.risk, 'mustChange', r.must_change, 'byWhen', r.by_when,
          'seenHow', r.seen_how, 'consequence', r.consequence, 'contingency', r.contingency, 'endedAs', r.ended_as, 'endedWhy', r.ended_why,
          'endedAt', pack_moment(r.ended_at), 'recordedAt', pack_moment(r.recorded_at), 'recordedBy', r.recorded_by) order by r.position)
          from plan_row r where r.plan_id = p.id), '[]'))
      from plan p where p.person_id in (:children) and p.ended_why is distinct from 'recorded-in-error'"""),

  ACTIONS("actions", "recordedAt", """
      select jsonb_build_object('id', a.id, 'child', a.for_child, 'meeting', a.meeting_id, 'what', a.what,
        'namedPerson', with_organisation(coalesce(a.given_to, a.named_person), coalesce(a.given_agency, a.agency)),
        'agency', agency_of(coalesce(a.given_agency, a.agency)), 'dueOn', a.due_on,
        'firstDueOn', (select r.was_due_on from action_review r where r.action_id = a.id order by r.recorded_at limit 1),
        'goesOnUntil', a.goes_on_until, 'acceptedAt', pack_moment(a.owner_accepted_at), 'declinedWhy', a.declined_why,
        'ifNotDone', a.if_not_done, 'contingencyBegunAt', pack_moment(a.contingency_begun_at), 'insteadOf', a.instead_of,
        'reportedAs', a.reported_as, 'reportedAt', pack_moment(a.reported_at), 'reportedBy', a.reported_by, 'reportedWhy', a.reported_why,
        'hopedFor', a.hoped_for, 'evidence', a.evidence, 'notConfirmedWhy', a.not_confirmed_why,
        'endedAs', a.ended_as, 'endedAt', pack_moment(a.ended_at), 'endedWhy', a.ended_why,
        'recordedAt', pack_moment(a.recorded_at), 'recordedBy', a.recorded_by,
        'reviews', coalesce((select jsonb_agg(jsonb_build_object('metAt', pack_moment(m.held_at), 'result', r.result, 'words', r.words,
          'wasDueOn', r.was_due_on, 'dueOn', r.due_on) order by r.recorded_at)
          from action_review r join meeting m on m.id = r.meeting_id where r.action_id = a.id), '[]'))
      from agreed_action a join home h on h.id = a.case_id
      where a.recorded_at <= h.until and (a.for_child is null or a.for_child in (:children))
        and a.ended_as is distinct from 'recorded-in-error'"""),

  MEETINGS("meetings", "calledAt", """
      select jsonb_build_object('id', m.id, 'kind', m.kind, 'follows', m.follows, 'calledAt', pack_moment(m.called_at),
        'plannedAt', pack_moment(m.planned_at), 'heldAt', pack_moment(m.held_at), 'how', m.how, 'chairedBy', m.chaired_by, 'quorate',
          m.quorate,
        'quorumBecause', m.quorum_because, 'whoIsTold', m.who_is_told, 'medical', m.medical, 'endedAs', m.ended_as,
        'attendance', coalesce((select jsonb_agg(jsonb_build_object('person', a.person_id, 'agency', agency_of(a.agency), 'name', a.name,
          'role', with_organisation(a.role, a.agency), 'tookPart', a.took_part, 'absentWhy', a.absent_why) order by a.position)
          from attendance a where a.meeting_id = m.id), '[]'),
        'outcomes', coalesce((select jsonb_agg(jsonb_build_object('child', o.person_id, 'outcome', o.outcome, 'category', o.category,
          'reasons', o.reasons, 'decidedAt', pack_moment(o.decided_at), 'decidedBy', o.decided_by) order by o.decided_at, o.person_id)
          from meeting_outcome o where o.meeting_id = m.id), '[]'),
        'minutes', (select jsonb_build_object('id', v.id, 'version', v.version, 'summary', v.summary, 'challenged', v.challenged,
          'writtenAt', pack_moment(v.written_at), 'writtenBy', v.written_by, 'agreedAt', pack_moment(v.agreed_at), 'agreedBy', v.agreed_by)
          from minutes v where v.meeting_id = m.id and v.agreed_at is not null order by v.version desc limit 1),
        'conference', (select jsonb_build_object('reviews', c.reviews, 'transfer', c.transfer, 'chair', c.chair, 'purpose', c.purpose,
          'lateWhy', c.late_why, 'tookPlace', c.took_place, 'goesOnWhy', c.goes_on_why, 'nextAt', pack_moment(c.next_at),
          'planUntilThen', c.plan_until_then, 'reviewAt', pack_moment(c.review_at), 'coreGroupAt', pack_moment(c.core_group_at),
          'datesLateWhy', c.dates_late_why, 'mustNotMiss', c.must_not_miss) from conference c where c.meeting_id = m.id),
        'views', coalesce((select jsonb_agg(jsonb_build_object('child', v.person_id, 'agency', agency_of(v.agency),
          'name', with_organisation(v.name, v.agency), 'view', v.view,
          'dissents', v.dissents, 'dissentWhy', v.dissent_why, 'recordedAt', pack_moment(v.recorded_at)) order by v.position)
          from conference_view v where v.meeting_id = m.id), '[]'),
        'reports', coalesce((select jsonb_agg(jsonb_build_object('agency', agency_of(r.agency), 'done', r.done,
          'known', r.known, 'childSays', r.child_says,
          'risk', r.risk, 'noneWhy', r.none_why, 'givenAt', pack_moment(r.given_at)) order by r.given_at, r.id)
          from conference_report r where r.meeting_id = m.id), '[]'),
        'participation', coalesce((select jsonb_agg(jsonb_build_object('child', p.person_id, 'code', p.code) order by p.person_id)
          from participation p where p.meeting_id = m.id), '[]'))
      from meeting m join home h on h.id = m.case_id where m.called_at <= h.until"""),

  ASSESSMENTS("assessments", "begunAt", """
      select jsonb_build_object('id', a.id, 'begunAt', pack_moment(a.begun_at), 'partOfEnquiry', a.part_of_enquiry, 'page', a.page,
        'factors', to_jsonb(a.factors), 'writtenBy', a.written_by, 'agreedAt', pack_moment(a.agreed_at), 'agreedBy', a.agreed_by,
        'whyLate', a.why_late, 'withdrawnAs', a.withdrawn_as,
        'children', (select jsonb_agg(jsonb_build_object('child', c.person_id, 'seen', c.seen, 'endedAt', pack_moment(c.ended_at),
          'nextStep', c.next_step,
          'reasons', c.reasons, 'decidedAt', pack_moment(c.decided_at), 'decidedBy', c.decided_by) order by c.person_id)
          from assessment_child c where c.assessment_id = a.id),
        'extensions', coalesce((select jsonb_agg(jsonb_build_object('untilDay', x.until_day, 'why', x.why, 'agreedAt',
          pack_moment(x.agreed_at),
          'agreedBy', x.agreed_by) order by x.agreed_at) from assessment_extension x where x.assessment_id = a.id), '[]'))
      from assessment a where exists (select from assessment_child c where c.assessment_id = a.id and c.person_id in (:children))"""),

  VISITS("visits", "at", """
      select jsonb_build_object('id', s.id, 'child', s.person_id, 'during', s.during, 'byAgency', agency_of(s.by_agency),
        'byWhom', with_organisation(s.by_whom, s.by_agency),
        'at', pack_moment(s.at), 'seen', s.seen, 'notSeenWhy', s.not_seen_why, 'alone', s.alone, 'notAloneWhy', s.not_alone_why,
        'bedroom', s.bedroom, 'ownWords', s.own_words, 'recordedAt', pack_moment(s.recorded_at), 'recordedBy', s.recorded_by)
      from sighting s where s.person_id in (:children)"""),

  ENQUIRIES("enquiries", "openedAt", """
      select jsonb_build_object('id', q.id, 'discussion', q.decided_by, 'openedAt', pack_moment(q.opened_at), 'worker', q.worker,
        'checksAgreed', q.checks_agreed, 'checksWhy', q.checks_why, 'historyMeans', q.history_means, 'parentsSay', q.parents_say,
        'agenciesSay', q.agencies_say, 'observed', q.observed, 'childrenSay', q.children_say, 'comesTo', q.comes_to,
        'analysedAt', pack_moment(q.analysed_at), 'analysedBy', q.analysed_by, 'requestedBy', q.requested_by, 'requestedWhy',
          q.requested_why,
        'children', (select jsonb_agg(jsonb_build_object('child', c.person_id, 'how', c.how, 'begunAt', pack_moment(c.begun_at), 'finding',
          c.finding,
          'nextStep', c.next_step, 'reasons', c.reasons, 'unusualWhy', c.unusual_why, 'decidedAt', pack_moment(c.decided_at),
          'decidedBy', c.decided_by, 'conferenceWhy', c.conference_why, 'conference', c.conference_id, 'endedAt', pack_moment(c.ended_at),
          'endedAs', c.ended_as) order by c.person_id) from enquiry_child c where c.enquiry_id = q.id
            and c.ended_as is distinct from 'recorded-in-error'),
        'agencies', coalesce((select jsonb_agg(jsonb_build_object('agency', agency_of(a.agency), 'named', a.named,
          'askedAt', pack_moment(a.asked_at),
          'answeredAt', pack_moment(a.answered_at), 'knows', a.knows, 'worry', a.worry, 'worryWhat', a.worry_what) order by a.position)
          from enquiry_agency a where a.enquiry_id = q.id), '[]'),
        'adults', coalesce((select jsonb_agg(jsonb_build_object('person', a.person_id, 'spoken', a.spoken, 'how', a.how, 'says', a.says,
          'notSpoken', a.not_spoken, 'notSpokenWhy', a.not_spoken_why, 'at', pack_moment(a.at), 'recordedBy', a.recorded_by)
            order by a.at, a.person_id)
          from enquiry_adult a where a.enquiry_id = q.id), '[]'),
        'medicals', coalesce((select jsonb_agg(jsonb_build_object('child', x.person_id, 'examined', x.examined, 'doctor', x.doctor,
          'found', x.found,
          'fits', x.fits, 'notExaminedWhy', x.not_examined_why, 'at', pack_moment(x.at), 'recordedBy', x.recorded_by)
            order by x.at, x.person_id)
          from enquiry_medical x where x.enquiry_id = q.id), '[]'),
        'access', coalesce((select jsonb_agg(jsonb_build_object('child', x.person_id, 'kind', x.kind, 'tried', x.tried,
          'refusedAt', pack_moment(x.refused_at), 'adviser', x.adviser, 'advice', x.advice, 'appliedFor', x.applied_for, 'reasons',
            x.reasons,
          'instead', x.instead, 'decidedAt', pack_moment(x.decided_at), 'decidedBy', x.decided_by) order by x.refused_at, x.id)
          from enquiry_access x where x.enquiry_id = q.id), '[]'),
        'interimPlans', coalesce((select jsonb_agg(jsonb_build_object('keepsSafe', i.keeps_safe, 'who', i.who, 'checkedBy', i.checked_by,
          'ifNot', i.if_not, 'parents', i.parents, 'parentsWhy', i.parents_why, 'agreedAt', pack_moment(i.agreed_at), 'recordedBy',
            i.recorded_by)
          order by i.agreed_at, i.id) from interim_plan i where i.enquiry_id = q.id), '[]'))
      from enquiry q where exists (select from enquiry_child c where c.enquiry_id = q.id and c.person_id in (:children)
        and c.ended_as is distinct from 'recorded-in-error')"""),

  PROTECTIONS("protections", "since", """
      select jsonb_build_object('id', p.id, 'child', p.person_id, 'kind', p.kind, 'details', p.details, 'agreedWith', p.agreed_by,
        'since', pack_moment(p.since), 'endsAt', pack_moment(p.ends_at), 'whereabouts', p.whereabouts, 'parentsTold', p.parents_told,
        'parentsToldBy', p.parents_told_by, 'legalAdvice', p.legal_advice, 'followedAt', pack_moment(p.followed_at), 'followedBy',
          p.followed_by,
        'followedWhy', p.followed_why, 'recordedAt', pack_moment(p.recorded_at), 'recordedBy', p.recorded_by)
      from protection p where p.person_id in (:children) and p.followed_by is distinct from 'recorded-in-error'"""),

  SUPPORT("support", "begunAt", """
      select jsonb_build_object('id', s.id, 'kind', s.kind, 'follows', s.follows, 'begunAt', pack_moment(s.begun_at), 'help', s.help,
        'worker', s.receiver_user, 'receiverName', with_organisation(s.receiver_name, s.receiver_agency),
        'receiverAgency', agency_of(s.receiver_agency), 'acceptedAt', pack_moment(s.accepted_at),
        'acceptedBy', s.accepted_by, 'endedAt', pack_moment(s.ended_at), 'endedAs', s.ended_as,
        'children', (select jsonb_agg(jsonb_build_object('child', c.person_id, 'endedAt', pack_moment(c.ended_at)) order by c.person_id)
          from support_child c where c.support_id = s.id),
        'reviews', coalesce((select jsonb_agg(jsonb_build_object('child', r.person_id, 'how', r.how, 'evidence', r.evidence,
          'reviewedAt', pack_moment(r.reviewed_at), 'reviewedBy', r.reviewed_by) order by r.reviewed_at, r.person_id)
          from support_review r where r.support_id = s.id), '[]'))
      from support s where exists (select from support_child c where c.support_id = s.id and c.person_id in (:children))""");

  /** Who moves, where they belong and have belonged, joined duplicates included, and until when. */
  static final String HOME = """
      with home as (
        select f.id, max(coalesce(c.until, 'infinity')) as until from case_person c join family_case f on c.case_id in (f.id, f.joined_into)
        where c.person_id in (:children) and c.child group by f.id)
      """;

  final String key;
  /** What its items are sorted by: when they began, as the pack writes it. */
  final String order;
  final String ours;

  PackSection(String key, String order, String ours) {
    this.key = key;
    this.order = order;
    this.ours = ours;
  }

  static List<String> keys() {
    return Stream.of(values()).map(section -> section.key).toList();
  }
}
