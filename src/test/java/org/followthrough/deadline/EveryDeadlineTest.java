package org.followthrough.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code bpmn/deadlines.dmn} by dates worked out on the calendar, in London time. Who changes a number in
 * the table changes a date here too: that is how a slip of the hand is told from a decision.
 */
class EveryDeadlineTest {

  /**
   * Process and obligation, the date from which the row counts, and when it falls due. Where the earliest of several counts,
   * the date of each of them that is known.
   */
  private static final String WORKED = """
      referral RecordContact                 | Sat 21 Nov 2026 09:15 | Sat 21 Nov 2026 23:59:59
      referral RecordContact                 | Wed 1 Jul 2026 00:10  | Wed 1 Jul 2026 23:59:59
      referral DecideResponse                | Thu 25 Mar 2027 11:00 | Tue 30 Mar 2027 17:00
      referral DecideResponse                | Thu 24 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      referral DecideResponse                | Fri 23 Oct 2026 11:00 | Mon 26 Oct 2026 17:00
      referral TellReferrer                  | Fri 20 Nov 2026 11:00 | Mon 23 Nov 2026 17:00
      referral ConfirmOutcomeHeard           | Fri 28 Aug 2026 15:00 | Tue 1 Sep 2026 17:00
      referral AcknowledgeContact            | Thu 2 Apr 2026 15:00  | Tue 7 Apr 2026 17:00
      emergency-protection ProtectChildren      | Fri 20 Nov 2026 18:40 | Fri 20 Nov 2026 20:40
      emergency-protection ProtectChildren      | Sat 27 Mar 2027 23:30 | Sun 28 Mar 2027 02:30
      emergency-protection ArrangeWhatFollows   | Mon 23 Nov 2026 18:10 | Mon 23 Nov 2026 14:10
      emergency-protection ArrangeWhatFollows   | Sat 26 Dec 2026 02:00 | Fri 25 Dec 2026 22:00
      emergency-protection ArrangeWhatFollows   | Sun 28 Mar 2027 04:00 | Sat 27 Mar 2027 23:00
      emergency-protection PoliceProtectionEnds | Thu 24 Dec 2026 23:30 | Sun 27 Dec 2026 23:30
      emergency-protection PoliceProtectionEnds | Fri 23 Oct 2026 20:00 | Mon 26 Oct 2026 19:00
      emergency-protection PoliceProtectionEnds | Fri 26 Mar 2027 20:00 | Mon 29 Mar 2027 21:00
      strategy-discussion HoldWhenCalled         | Fri 20 Nov 2026 18:00 | Sat 21 Nov 2026 18:00
      strategy-discussion HoldWhenCalled         | Sat 27 Mar 2027 12:00 | Sun 28 Mar 2027 13:00
      strategy-discussion HoldWhenCalled         | Thu 24 Dec 2026 16:00 | Fri 25 Dec 2026 16:00
      strategy-discussion HoldAfterInjury        | Fri 20 Nov 2026 18:00 | Fri 20 Nov 2026 23:59:59
      strategy-discussion HoldAfterInjury        | Mon 31 Aug 2026 00:05 | Mon 31 Aug 2026 23:59:59
      strategy-discussion HoldAfterUrgentEnquiry | Sat 24 Oct 2026 20:00 | Sun 25 Oct 2026 19:00
      strategy-discussion HoldFurtherMeeting     | Fri 20 Nov 2026 18:40 | Fri 27 Nov 2026 17:00
      strategy-discussion HoldFurtherMeeting     | Wed 23 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      strategy-discussion HoldFurtherMeeting     | Thu 25 Mar 2027 10:00 | Mon 5 Apr 2027 17:00
      strategy-discussion HoldDiscussion         | HoldWhenCalled=Fri 20 Nov 2026 18:00 | Sat 21 Nov 2026 18:00
      strategy-discussion HoldDiscussion         | HoldWhenCalled=Fri 20 Nov 2026 18:00 & HoldAfterInjury=Fri 20 Nov 2026 18:00 | \
      Fri 20 Nov 2026 23:59:59
      strategy-discussion HoldDiscussion         | HoldWhenCalled=Fri 20 Nov 2026 18:00 & HoldAfterUrgentEnquiry=Fri 20 Nov 2026 11:30 | \
      Sat 21 Nov 2026 11:30
      strategy-discussion HoldDiscussion         | HoldFurtherMeeting=Fri 20 Nov 2026 18:40 | Fri 27 Nov 2026 17:00
      strategy-discussion HoldDiscussion         | HoldFurtherMeeting=Fri 20 Nov 2026 18:40 & HoldAfterInjury=Tue 24 Nov 2026 10:00 | \
      Tue 24 Nov 2026 23:59:59
      strategy-discussion AgreeNextSteps         | Sat 21 Nov 2026 10:15 | Sat 21 Nov 2026 23:59:59
      assessment CompleteAssessment          | CompleteAfterReferral=Mon 26 Oct 2026 09:00 | Wed 30 Dec 2026 17:00
      assessment CompleteAssessment          | CompleteAfterDecision=Mon 26 Oct 2026 09:00 & CompleteAfterReferral=Fri 23 Oct 2026 19:00 | \
      Tue 29 Dec 2026 17:00
      assessment CompleteAfterReferral       | Mon 26 Oct 2026 23:50 | Wed 30 Dec 2026 17:00
      assessment CompleteAfterReferral       | Mon 1 Mar 2027 10:00  | Thu 6 May 2027 17:00
      assessment CompleteAfterReferral       | Tue 29 Feb 2028 10:00 | Fri 5 May 2028 17:00
      assessment CompleteAfterDecision       | Wed 16 Dec 2026 15:00 | Mon 22 Feb 2027 17:00
      assessment DecideNextSteps             | Thu 24 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      child-in-need HandOverSupport          | Mon 21 Dec 2026 10:00 | Wed 30 Dec 2026 17:00
      child-in-need ReviewSupport            | Mon 23 Nov 2026 10:00 | Thu 7 Jan 2027 17:00
      child-in-need CloseCase                | Thu 25 Mar 2027 10:00 | Mon 5 Apr 2027 17:00
      lead-professional NameLeadProfessional | Sun 22 Nov 2026 22:00 | Mon 23 Nov 2026 02:00
      lead-professional NameLeadProfessional | Sat 24 Oct 2026 23:00 | Sun 25 Oct 2026 02:00
      child-death DecideWhatContinues        | Fri 1 May 2026 08:00  | Tue 5 May 2026 17:00
      exchange DeliverUntilReceived          | Mon 23 Nov 2026 10:00 | Mon 23 Nov 2026 14:00
      exchange DeliverUntilReceived          | Sat 24 Oct 2026 23:00 | Sun 25 Oct 2026 02:00
      exchange DeliverUntilReceived          | Sun 28 Mar 2027 00:00 | Sun 28 Mar 2027 05:00
      exchange GiveMessageByHand             | Fri 20 Nov 2026 18:40 | Mon 23 Nov 2026 17:00
      exchange GiveMessageByHand             | Thu 24 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      exchange GiveMessageByHand             | Thu 25 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      minutes ProduceMinutes                 | ProduceRecord=Fri 20 Nov 2026 10:00 | Mon 23 Nov 2026 17:00
      minutes ProduceMinutes                 | CorrectMinutes=Tue 24 Nov 2026 10:00 | Wed 25 Nov 2026 17:00
      minutes ProduceRecord                  | Fri 20 Nov 2026 18:40 | Mon 23 Nov 2026 17:00
      minutes ProduceRecord                  | Thu 24 Dec 2026 16:00 | Tue 29 Dec 2026 17:00
      minutes ProduceMinutes                 | ProduceConferenceMinutes=Wed 13 Jan 2027 10:00 | Wed 3 Feb 2027 17:00
      minutes ProduceConferenceMinutes       | Wed 13 Jan 2027 10:00 | Wed 3 Feb 2027 17:00
      minutes ProduceConferenceMinutes       | Thu 10 Dec 2026 10:00 | Tue 5 Jan 2027 17:00
      minutes CorrectMinutes                 | Thu 25 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      core-group HoldCoreGroup               | HoldFirst=Thu 17 Dec 2026 10:00 | Tue 5 Jan 2027 17:00
      core-group HoldCoreGroup               | HoldNext=Mon 4 Jan 2027 10:00 & HoldBeforeReview=Tue 16 Mar 2027 10:00 | Mon 1 Feb 2027 17:00
      core-group HoldCoreGroup               | HoldNext=Mon 1 Feb 2027 10:00 & HoldBeforeReview=Mon 8 Mar 2027 10:00 | Mon 22 Feb 2027 17:00
      core-group HoldCoreGroup               | HoldNext=Fri 26 Feb 2027 10:00 & HoldBeforeReview=Tue 16 Mar 2027 10:00 | \
      Tue 30 Mar 2027 17:00
      core-group HoldFirst                   | Thu 17 Dec 2026 10:00 | Tue 5 Jan 2027 17:00
      core-group HoldFirst                   | Tue 23 Mar 2027 10:00 | Thu 8 Apr 2027 17:00
      core-group HoldFirst                   | Fri 23 Oct 2026 23:30 | Fri 6 Nov 2026 17:00
      core-group HoldNext                    | Tue 5 Jan 2027 10:00  | Tue 2 Feb 2027 17:00
      core-group HoldNext                    | Thu 17 Dec 2026 10:00 | Tue 19 Jan 2027 17:00
      core-group HoldNext                    | Thu 18 Mar 2027 10:00 | Mon 19 Apr 2027 17:00
      core-group HoldNext                    | Mon 31 Jan 2028 10:00 | Mon 28 Feb 2028 17:00
      core-group HoldNext                    | Tue 1 Feb 2028 10:00  | Tue 29 Feb 2028 17:00
      core-group HoldBeforeReview            | Tue 16 Mar 2027 10:00 | Tue 2 Mar 2027 17:00
      core-group HoldBeforeReview            | Fri 9 Apr 2027 10:00  | Wed 24 Mar 2027 17:00
      core-group HoldBeforeReview            | Tue 5 Jan 2027 10:00  | Thu 17 Dec 2026 17:00
      core-group ReviewPlan                  | Thu 25 Mar 2027 15:00 | Tue 30 Mar 2027 17:00
      core-group ReviewPlan                  | Thu 24 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      core-group CompletePlan                | Wed 23 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      core-group CompletePlan                | Fri 23 Oct 2026 15:00 | Fri 30 Oct 2026 17:00
      visit VisitChild                       | Thu 17 Dec 2026 10:00 | Tue 5 Jan 2027 17:00
      visit VisitChild                       | Tue 15 Feb 2028 16:00 | Tue 29 Feb 2028 17:00
      visit SeeChildOurselves                | Thu 17 Dec 2026 10:00 | Thu 14 Jan 2027 17:00
      visit SeeChildOurselves                | Mon 1 Mar 2027 10:00  | Mon 29 Mar 2027 17:00
      visit SeeChildOurselves                | Tue 1 Feb 2028 10:00  | Tue 29 Feb 2028 17:00
      visit KnowWhereChildIs                 | Sat 24 Oct 2026 23:30 | Sat 5 Dec 2026 17:00
      visit KnowWhereChildIs                 | Thu 17 Dec 2026 10:00 | Thu 28 Jan 2027 17:00
      visit KnowWhereChildIs                 | Tue 18 Jan 2028 10:00 | Tue 29 Feb 2028 17:00
      minutes ProduceMinutes                 | ProduceCoreGroupMinutes=Mon 4 Jan 2027 10:00 | Mon 11 Jan 2027 17:00
      minutes ProduceCoreGroupMinutes        | Thu 17 Dec 2026 10:00 | Thu 24 Dec 2026 17:00
      minutes ProduceCoreGroupMinutes        | Mon 22 Mar 2027 10:00 | Wed 31 Mar 2027 17:00
      receipts ConfirmReceipts               | Fri 20 Nov 2026 11:00 | Tue 24 Nov 2026 17:00
      receipts ConfirmReceipts               | Wed 23 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      action SettleOwner                     | Fri 20 Nov 2026 18:40 | Mon 23 Nov 2026 17:00
      action SettleOwner                     | Thu 24 Dec 2026 16:00 | Tue 29 Dec 2026 17:00
      action SettleOwner                     | Thu 25 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      action CarryOutAction                  | Tue 24 Nov 2026 00:00 | Tue 24 Nov 2026 23:59:59
      action CarryOutAction                  | Sun 28 Mar 2027 00:00 | Sun 28 Mar 2027 23:59:59
      action CarryOutAction                  | Fri 25 Dec 2026 00:00 | Fri 25 Dec 2026 23:59:59
      action DecideContingency               | Fri 27 Nov 2026 15:00 | Mon 30 Nov 2026 17:00
      action DecideContingency               | Wed 23 Dec 2026 15:00 | Thu 24 Dec 2026 17:00
      action DecideContingency               | Thu 1 Apr 2027 09:00  | Fri 2 Apr 2027 17:00
      section-47 AllocateEnquiry             | Fri 20 Nov 2026 18:40 | Fri 20 Nov 2026 23:59:59
      section-47 AllocateEnquiry             | Sat 26 Dec 2026 11:00 | Sat 26 Dec 2026 23:59:59
      section-47 SeeChildren                 | SeeSoon=Fri 20 Nov 2026 10:00 | Mon 23 Nov 2026 17:00
      section-47 SeeChildren                 | SeeSoon=Fri 20 Nov 2026 10:00 & SeeAfterInjury=Fri 20 Nov 2026 10:00 | \
      Fri 20 Nov 2026 23:59:59
      section-47 SeeChildren                 | SeeSoon=Thu 24 Dec 2026 10:00 & SeeAfterInjury=Mon 28 Dec 2026 10:00 | \
      Mon 28 Dec 2026 23:59:59
      section-47 SeeAfterInjury              | Mon 31 Aug 2026 09:00 | Mon 31 Aug 2026 23:59:59
      section-47 SeeSoon                     | Thu 24 Dec 2026 16:00 | Tue 29 Dec 2026 17:00
      section-47 SeeSoon                     | Thu 25 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      section-47 GainAccess                  | Fri 20 Nov 2026 18:40 | Fri 20 Nov 2026 22:40
      section-47 GainAccess                  | Sat 27 Mar 2027 23:30 | Sun 28 Mar 2027 04:30
      section-47 CheckAgencies               | Fri 20 Nov 2026 10:00 | Wed 25 Nov 2026 17:00
      section-47 CheckAgencies               | Wed 23 Dec 2026 10:00 | Wed 30 Dec 2026 17:00
      section-47 SpeakWithParents            | Thu 25 Mar 2027 10:00 | Mon 5 Apr 2027 17:00
      section-47 RecordMedical               | Fri 28 Aug 2026 15:00 | Tue 1 Sep 2026 17:00
      section-47 MakeEnquiries               | Fri 18 Dec 2026 10:00 | Wed 6 Jan 2027 17:00
      section-47 MakeEnquiries               | Fri 20 Nov 2026 10:00 | Fri 4 Dec 2026 17:00
      section-47 DecideFindings              | Thu 24 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      section-47 AgreeInterimPlan            | Fri 4 Dec 2026 16:50  | Fri 4 Dec 2026 23:59:59
      section-47 TellAgencies                | Thu 25 Mar 2027 15:00 | Tue 30 Mar 2027 17:00
      section-47 AnswerRequest               | Fri 4 Dec 2026 12:00  | Mon 7 Dec 2026 17:00
      conference HoldConference     | HoldInitial=Fri 18 Dec 2026 10:00 | Wed 13 Jan 2027 17:00
      conference HoldConference     | HoldInitial=Fri 18 Dec 2026 10:00 & HoldBeforeBirth=Wed 24 Mar 2027 00:00 | Wed 30 Dec 2026 17:00
      conference HoldConference     | HoldFirstReview=Mon 30 Nov 2026 10:00 & HoldEarlyReview=Mon 30 Nov 2026 10:00 | Wed 30 Dec 2026 17:00
      conference HoldConference     | HoldFirstReview=Mon 30 Nov 2026 10:00 & HoldAfterBirth=Wed 2 Dec 2026 03:20 | Mon 4 Jan 2027 17:00
      conference HoldInitial        | Fri 18 Dec 2026 16:30 | Wed 13 Jan 2027 17:00
      conference HoldInitial        | Sat 21 Nov 2026 22:00 | Fri 11 Dec 2026 17:00
      conference HoldInitial        | Thu 18 Mar 2027 11:00 | Mon 12 Apr 2027 17:00
      conference HoldBeforeBirth    | Wed 14 Apr 2027 00:00 | Wed 20 Jan 2027 17:00
      conference HoldTransferIn     | Mon 21 Dec 2026 09:00 | Thu 14 Jan 2027 17:00
      conference HoldFirstReview    | Mon 30 Nov 2026 10:00 | Fri 26 Feb 2027 17:00
      conference HoldFirstReview    | Tue 29 Dec 2026 10:00 | Thu 25 Mar 2027 17:00
      conference HoldNextReview     | Mon 22 Feb 2027 10:00 | Fri 20 Aug 2027 17:00
      conference HoldAfterBirth     | Thu 24 Dec 2026 03:20 | Tue 26 Jan 2027 17:00
      conference HoldEarlyReview    | Mon 30 Nov 2026 10:00 | Wed 30 Dec 2026 17:00
      conference ArrangeConference  | ArrangeInitial=Fri 20 Nov 2026 18:40 | Mon 23 Nov 2026 17:00
      conference ArrangeConference  | ArrangeReview=Fri 26 Feb 2027 10:00 | Fri 29 Jan 2027 17:00
      conference ArrangeInitial     | Thu 24 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      conference ArrangeReview      | Fri 26 Feb 2027 10:00 | Fri 29 Jan 2027 17:00
      conference InviteEverybody    | Wed 23 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      conference CollectReports     | Wed 31 Mar 2027 10:00 | Wed 24 Mar 2027 17:00
      conference WriteReport        | WriteInitialReport=Wed 13 Jan 2027 10:00 | Fri 8 Jan 2027 17:00
      conference WriteReport        | WriteReviewReport=Fri 26 Feb 2027 10:00 | Fri 19 Feb 2027 17:00
      conference WriteInitialReport | Wed 13 Jan 2027 10:00 | Fri 8 Jan 2027 17:00
      conference WriteReviewReport  | Fri 26 Feb 2027 10:00 | Fri 19 Feb 2027 17:00
      conference RecordConference   | RecordOnTheDay=Thu 10 Dec 2026 10:00 | Thu 10 Dec 2026 23:59:59
      conference RecordConference   | RecordOnTheDay=Mon 11 Jan 2027 10:00 & MeetAgain=Wed 16 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      conference RecordOnTheDay     | Thu 10 Dec 2026 10:00 | Thu 10 Dec 2026 23:59:59
      conference MeetAgain          | Wed 16 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      conference DecidePlans        | Thu 10 Dec 2026 10:00 | Thu 10 Dec 2026 23:59:59
      conference SendDecisionLetter | Thu 24 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      family-move MakeFirstCall              | Sat 27 Mar 2027 20:30 | Sun 28 Mar 2027 21:30
      family-move MakeFirstCall              | Sat 24 Oct 2026 20:00 | Sun 25 Oct 2026 19:00
      family-move WeighUpMove                | Wed 23 Dec 2026 15:00 | Tue 29 Dec 2026 17:00
      family-move WeighUpMove                | Thu 25 Mar 2027 10:00 | Wed 31 Mar 2027 17:00
      family-move ReviewStay                 | StayEnds=Mon 1 Feb 2027 00:00 & StayBecomesMove=Mon 21 Dec 2026 00:00 | Tue 2 Feb 2027 17:00
      family-move ReviewStay                 | StayBecomesMove=Mon 21 Dec 2026 00:00 | Mon 15 Mar 2027 17:00
      family-move StayEnds                   | Mon 1 Feb 2027 00:00  | Tue 2 Feb 2027 17:00
      family-move StayEnds                   | Thu 24 Dec 2026 00:00 | Tue 29 Dec 2026 17:00
      family-move StayBecomesMove            | Mon 21 Dec 2026 00:00 | Mon 15 Mar 2027 17:00
      family-move StayBecomesMove            | Tue 5 Jan 2027 10:00  | Tue 30 Mar 2027 17:00
      family-move TellFamily                 | Thu 24 Dec 2026 15:00 | Tue 29 Dec 2026 17:00
      notice AnnounceMove                    | Thu 24 Dec 2026 15:00 | Thu 24 Dec 2026 23:59:59
      notice AnnounceMove                    | Sat 21 Nov 2026 09:15 | Sat 21 Nov 2026 23:59:59
      notice CollectConfirmations            | Thu 24 Dec 2026 15:00 | Tue 29 Dec 2026 17:00
      succession ArrangeSuccession           | Wed 23 Dec 2026 09:00 | Mon 4 Jan 2027 17:00
      succession ArrangeSuccession           | Thu 25 Mar 2027 10:00 | Mon 5 Apr 2027 17:00
      team-transfer TakeFamilyOn             | Wed 23 Dec 2026 15:00 | Tue 29 Dec 2026 17:00
      team-transfer SettleHandover           | Thu 17 Dec 2026 14:00 | Mon 21 Dec 2026 17:00
      team-transfer AcceptFamily             | Thu 25 Mar 2027 15:00 | Tue 30 Mar 2027 17:00
      dissent AnswerDissent         | Wed 23 Dec 2026 12:00 | Tue 29 Dec 2026 17:00
      dissent RaiseDissent          | Thu 25 Mar 2027 15:00 | Sun 28 Mar 2027 16:00
      missing-family ReportMissing           | Fri 20 Nov 2026 18:40 | Fri 20 Nov 2026 19:40
      missing-family ReportMissing           | Sat 27 Mar 2027 23:30 | Sun 28 Mar 2027 00:30
      missing-family ReportMissing           | Sun 28 Mar 2027 00:30 | Sun 28 Mar 2027 02:30
      missing-family TraceFamily             | Fri 20 Nov 2026 18:40 | Fri 27 Nov 2026 17:00
      missing-family TraceFamily             | Wed 23 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      missing-family TraceFamily             | Thu 25 Mar 2027 10:00 | Mon 5 Apr 2027 17:00
      dispute SettleDispute                  | AmongWorkers=Fri 18 Dec 2026 10:00 | Tue 22 Dec 2026 17:00
      dispute SettleDispute                  | AmongManagers=Mon 21 Dec 2026 10:00 | Wed 30 Dec 2026 17:00
      dispute SettleDispute                  | AmongHeads=Wed 30 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      dispute SettleDispute                  | InPartnership=Mon 4 Jan 2027 10:00 | Mon 18 Jan 2027 17:00
      dispute AmongWorkers                   | Thu 25 Mar 2027 10:00 | Wed 31 Mar 2027 17:00
      dispute AmongManagers                  | Thu 25 Mar 2027 10:00 | Mon 5 Apr 2027 17:00
      dispute AmongHeads                     | Thu 24 Dec 2026 10:00 | Wed 30 Dec 2026 17:00
      dispute InPartnership                  | Thu 17 Dec 2026 10:00 | Tue 5 Jan 2027 17:00
      authority-word AnswerAuthority         | Thu 24 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      authority-word AnswerAuthority         | Sat 21 Nov 2026 22:00 | Mon 23 Nov 2026 17:00
      authority-transfer RecordConferenceDate    | HearFromScotland=Wed 31 Dec 2025 10:00 | Tue 6 Jan 2026 17:00
      authority-transfer RecordConferenceDate    | HearFromNorthernIreland=Fri 9 Jul 2027 10:00 | Wed 14 Jul 2027 17:00
      authority-transfer HearFromScotland        | Wed 31 Dec 2025 10:00 | Tue 6 Jan 2026 17:00
      authority-transfer HearFromScotland        | Wed 30 Dec 2026 10:00 | Tue 5 Jan 2027 17:00
      authority-transfer HearFromScotland        | Thu 26 Nov 2026 10:00 | Tue 1 Dec 2026 17:00
      authority-transfer HearFromScotland        | Thu 25 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      authority-transfer HearFromNorthernIreland | Fri 9 Jul 2027 10:00  | Wed 14 Jul 2027 17:00
      authority-transfer HearFromNorthernIreland | Fri 10 Jul 2026 10:00 | Wed 15 Jul 2026 17:00
      authority-transfer HearFromNorthernIreland | Mon 15 Mar 2027 10:00 | Thu 18 Mar 2027 17:00
      authority-transfer HearFromNorthernIreland | Thu 25 Mar 2027 10:00 | Wed 31 Mar 2027 17:00
      escalation FirstClimb                  | Mon 23 Nov 2026 17:00 | Wed 25 Nov 2026 17:00
      escalation SecondClimb                 | Mon 23 Nov 2026 17:00 | Mon 30 Nov 2026 17:00
      escalation FirstClimbInDanger          | Fri 20 Nov 2026 20:40 | Fri 20 Nov 2026 22:40
      escalation SecondClimbInDanger         | Fri 20 Nov 2026 20:40 | Sat 21 Nov 2026 00:40
      read-back WriteUnderstanding    | Wed 13 Jan 2027 12:30 | Mon 18 Jan 2027 17:00
      read-back WriteUnderstanding    | Wed 24 Mar 2027 10:00 | Wed 31 Mar 2027 17:00
      read-back ConfirmUnderstanding  | Thu 24 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      authority-transfer SendWholePack           | Wed 23 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      authority-transfer SendWholePack           | Thu 25 Mar 2027 10:00 | Wed 31 Mar 2027 17:00
      authority-transfer RecordReceipt           | Thu 24 Dec 2026 11:00 | Tue 29 Dec 2026 17:00
      authority-transfer RecordReceipt           | Sat 24 Oct 2026 23:30 | Mon 26 Oct 2026 17:00
      authority-transfer RecordAnswer            | Fri 28 Aug 2026 15:00 | Tue 1 Sep 2026 17:00
      authority-transfer RecordConferenceDate    | HearFromEnglandAndWales=Wed 30 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      authority-transfer RecordConferenceDate    | HearFromElsewhere=Wed 23 Dec 2026 10:00 | Mon 11 Jan 2027 17:00
      authority-transfer HearFromEnglandAndWales | Wed 30 Dec 2026 10:00 | Mon 4 Jan 2027 17:00
      authority-transfer HearFromScotland        | Wed 23 Dec 2026 10:00 | Tue 29 Dec 2026 17:00
      authority-transfer HearFromElsewhere       | Wed 23 Dec 2026 10:00 | Mon 11 Jan 2027 17:00
      authority-transfer RecordConferenceOutcome | Wed 13 Jan 2027 10:00 | Thu 14 Jan 2027 17:00
      authority-transfer RecordAcceptance        | Wed 13 Jan 2027 12:30 | Fri 15 Jan 2027 17:00
      authority-transfer RecordAcceptance        | Wed 24 Mar 2027 10:00 | Tue 30 Mar 2027 17:00
      family-arrival SettleFamily     | Tue 22 Dec 2026 09:30 | Tue 22 Dec 2026 23:59:59
      family-arrival SettleFamily     | Sat 24 Oct 2026 23:30 | Sat 24 Oct 2026 23:59:59
      family-arrival TakeInPack       | Tue 22 Dec 2026 09:30 | Tue 29 Dec 2026 17:00
      family-arrival AnswerMove       | Thu 25 Mar 2027 11:00 | Tue 30 Mar 2027 17:00
      acceptance AcceptResponsibility | Fri 23 Oct 2026 15:00 | Mon 26 Oct 2026 17:00
      acceptance RecordHandingOver    | Thu 24 Dec 2026 11:20 | Tue 29 Dec 2026 17:00
      """;

  /** A weekday that does not fit its date is refused. */
  private static final DateTimeFormatter CALENDAR =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm[:ss]", Locale.ENGLISH);

  private final DueDates dueDates = new DueDates(new WorkingDays(List::of));

  @ParameterizedTest(name = "{0}: {1} - {2}")
  @MethodSource("worked")
  void falls_due_on_the_worked_date(String obligation, String countedFrom, String due) throws IOException {
    var table = table();
    var row = table.row(obligation.split(" ")[0], obligation.split(" ")[1]);
    var known = new HashMap<String, Instant>();
    for (var start : countedFrom.split(" & ")) {
      var counting = row.unit() == Unit.EARLIER_OF ? table.row(row.process(), start.split("=")[0]) : row;
      known.put(counting.countFrom(), london(start.substring(start.indexOf('=') + 1)));
    }

    assertThat(dueDates.due(row, known::get, table)).isEqualTo(london(due));
  }

  @Test
  void every_row_has_a_worked_date_and_every_worked_date_a_row() throws IOException {
    assertThat(worked().map(example -> example.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(
            table().rows().stream().map(row -> row.process() + " " + row.obligation()).toList());
  }

  static Stream<Arguments> worked() {
    return WORKED.lines().map(line -> arguments((Object[]) line.trim().split("\\s*\\|\\s*")));
  }

  private static DeadlineTable table() throws IOException {
    try (var dmn = Files.newInputStream(Path.of("bpmn", "deadlines.dmn"))) {
      return DeadlineTable.read(dmn);
    }
  }

  private static Instant london(String time) {
    return LocalDateTime.parse(time, CALENDAR).atZone(WorkingDays.LONDON).toInstant();
  }
}
