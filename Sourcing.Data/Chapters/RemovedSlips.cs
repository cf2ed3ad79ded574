using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>A slip that was taken out.</summary>
/// <param name="From">Empty for closed business.</param>
/// <param name="To">The other side; of visitors who came.</param>
/// <param name="Amount">Of closed business.</param>
/// <param name="RemovedBy">Empty where nobody is known.</param>
public sealed record RemovedSlip(Guid Id, SlipKind Kind, DateOnly HeldOn, string From, string To, decimal? Amount, string Currency, string Reason, DateTimeOffset RemovedAt, string RemovedBy);

/// <summary>Reads what was taken out of a chapter's slips.</summary>
public sealed class RemovedSlipQueries(Database database, CurrentUser user)
{
    /// <summary>Slips that are read at once, at most.</summary>
    public const int Most = 200;

    /// <summary>Removed slips and visits, the last removed first. For whoever leads.</summary>
    public Task<IReadOnlyList<RemovedSlip>> ListAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersWrite);
        return database.ReadAsync<IReadOnlyList<RemovedSlip>>(
            async (db, token) =>
            {
                await Seats.DemandLeadAsync(db, user, chapterId, token);
                var rows = await db.Database.SqlQuery<Row>(
                    $"""
                    select s.id as "Id", s.kind as "Kind", t.held_on as "HeldOn", coalesce(f.full_name, fx.name, '') as "From", coalesce(w.full_name, wx.name, s.named, '') as "To", s.amount as "Amount",
                        s.currency as "Currency", s.removed_because as "Reason", s.deleted_at as "RemovedAt", coalesce(p.full_name, '') as "RemovedBy"
                    from (
                        select id, chapter_id, meeting_id, 'referral' as kind, giver_id as from_id, giver_external_id as from_external_id, receiver_id as to_id, receiver_external_id as to_external_id, null as named,
                            null::numeric as amount, '' as currency, removed_because, deleted_at, deleted_by from referrals
                        union all select id, chapter_id, meeting_id, 'one_to_one', initiator_id, initiator_external_id, partner_id, partner_external_id, null, null, '', removed_because, deleted_at, deleted_by from one_to_ones
                        union all select id, chapter_id, meeting_id, 'closed_business', null, null, thanked_id, thanked_external_id, null, amount, currency, removed_because, deleted_at, deleted_by from closed_business
                        union all select id, chapter_id, meeting_id, 'education', member_id, null, null, null, null, null, '', removed_because, deleted_at, deleted_by from education_units
                        union all select id, chapter_id, meeting_id, 'testimonial', speaker_id, null, about_id, about_external_id, null, null, '', removed_because, deleted_at, deleted_by from testimonials
                        union all select id, chapter_id, meeting_id, 'visitor', inviter_id, null, null, null, name, null, '', removed_because, deleted_at, deleted_by from visitors
                    ) s
                    join meetings t on t.id = s.meeting_id
                    left join member_names f on f.id = s.from_id left join external_parties fx on fx.id = s.from_external_id
                    left join member_names w on w.id = s.to_id left join external_parties wx on wx.id = s.to_external_id
                    left join people p on p.id = s.deleted_by
                    where s.chapter_id = {chapterId} and s.deleted_at is not null order by s.deleted_at desc, s.id limit {Most}
                    """).ToListAsync(token);
                return [.. rows.Select(r => new RemovedSlip(r.Id, (SlipKind)Words.FromSnake(typeof(SlipKind), r.Kind)!, r.HeldOn, r.From, r.To, r.Amount, r.Currency, r.Reason, r.RemovedAt, r.RemovedBy))];
            }, ct);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Kind { get; init; } = "";

        public DateOnly HeldOn { get; init; }

        public string From { get; init; } = "";

        public string To { get; init; } = "";

        public decimal? Amount { get; init; }

        public string Currency { get; init; } = "";

        public string Reason { get; init; } = "";

        public DateTimeOffset RemovedAt { get; init; }

        public string RemovedBy { get; init; } = "";
    }
}
