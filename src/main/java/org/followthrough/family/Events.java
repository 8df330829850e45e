package org.followthrough.family;

/**
 * The events of the chronology that more than one area knows, as people read them. Some are only written by one and awaited by another, as
 * deadlines.dmn awaits them; all others are known to their own area alone.
 */
public final class Events {

  public static final String ACCESS_REFUSED = "Access refused";
  public static final String ACTION_AGREED = "Action agreed";
  public static final String ANSWER_ASKED = "Answer asked";
  public static final String ASSESSMENT_DECIDED = "Assessment decided";
  public static final String BIRTH_RECORDED = "Birth recorded";
  public static final String CHILD_BORN = "Child born";
  public static final String CHILD_DIED = "Child died";
  public static final String CHILD_NOT_MET = "Child not met";
  public static final String CHILD_SEEN = "Child seen";
  public static final String CHILD_SEEN_BY_ANOTHER_AGENCY = "Child seen by another agency";
  public static final String CLOSING_NEEDED = "Closing needed";
  public static final String CONFERENCE_DID_NOT_TAKE_PLACE = "Conference did not take place";
  public static final String CONFERENCE_HELD = "Conference held";
  public static final String CONFERENCE_OF_OTHER_AUTHORITY_HELD = "Conference of other authority held";
  public static final String CONFERENCE_RECORDED = "Conference recorded";
  public static final String CORE_GROUP_HELD = "Core group held";
  public static final String EARLY_REVIEW_ASKED = "Early review asked";
  public static final String ENQUIRY_DECIDED = "Enquiry decided";
  public static final String EPISODE_CLOSED = "Episode closed";
  public static final String FURTHER_MEETING_CALLED = "Further meeting called";
  public static final String INJURY_OR_SEXUAL_ABUSE_ALLEGED = "Injury or sexual abuse alleged";
  public static final String MESSAGE_GIVEN_BY_HAND = "Message given by hand";
  public static final String MOVE_ANNOUNCED = "Move announced";
  public static final String MOVE_CALLED_OFF = "Move called off";
  public static final String MOVE_NOTIFIED = "Move notified";
  public static final String NOTICE_CONFIRMED = "Notice confirmed";
  public static final String OUTCOME_DECIDED = "Outcome decided";
  public static final String PACK_RECEIVED = "Pack received";
  public static final String PLAN_DECIDED = "Plan decided";
  public static final String PLAN_ENDED = "Plan ended";
  public static final String PROTECTION_NEEDED = "Protection needed";
  public static final String REFERRAL_ASSESSED = "Referral assessed";
  public static final String RESPONSE_DECIDED = "Response decided";
  public static final String STRATEGY_DISCUSSION_CALLED = "Strategy discussion called";
  public static final String STRATEGY_DISCUSSION_CONVENED = "Strategy discussion convened";
  public static final String STRATEGY_DISCUSSION_HELD = "Strategy discussion held";
  public static final String SUCCESSION_CONFIRMED = "Succession confirmed";
  public static final String SUPPORT_NEEDED = "Support needed";
  public static final String TAKEN_ON = "Taken on";
  public static final String WHAT_FOLLOWS_ARRANGED = "What follows arranged";

  private Events() {}
}
