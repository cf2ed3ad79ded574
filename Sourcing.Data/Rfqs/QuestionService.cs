using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// Questions and answers about an RFQ. A supplier asks until the deadline and reads its own questions and what was answered to
/// everybody; the buyer answers whoever asked alone, or everybody without saying who asked.
/// </summary>
public sealed class QuestionService(Database database, CurrentUser user)
{
    private static readonly RfqStatus[] Over = [RfqStatus.Awarded, RfqStatus.Completed, RfqStatus.Cancelled];

    /// <summary>All questions of an RFQ, the open ones first, then the latest.</summary>
    public Task<List<QuestionRow>> OfRfqAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync((db, token) => (
            from q in db.RfqQuestions
            where q.RfqId == rfqId
            join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on q.SupplierId equals s.Id
            orderby q.AnsweredAt != null, q.CreatedAt descending, q.Id
            select new QuestionRow(
                q.Id, q.SupplierId, s.Name, q.Round, q.Text, q.ByName, q.CreatedAt, q.Answer, q.AnsweredAt, q.AnsweredByName, q.Scope, q.PublicText, q.Version)).Take(1000).ToListAsync(token), ct);
    }

    /// <summary>What the supplier of this session reads: its own questions, and answers to everybody in rounds that it takes part in.</summary>
    public Task<SupplierQuestions> OwnAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rfq = await QuoteQueries.AskedAsync(db, rfqId, token, supplierId);
                var own = await db.RfqQuestions.AsNoTracking().Where(q => q.RfqId == rfqId && q.SupplierId == supplierId).OrderByDescending(q => q.CreatedAt).ThenBy(q => q.Id)
                    .Select(q => new OwnQuestion(q.Id, q.Text, q.ByName, q.CreatedAt, q.Answer, q.AnsweredAt, q.AnsweredByName, q.Scope)).Take(RfqQuestion.Most).ToListAsync(token);
                var all = await db.RfqPublicAnswers.Where(a => a.RfqId == rfqId).OrderByDescending(a => a.AnsweredAt).ThenBy(a => a.Id)
                    .Select(a => new PublicAnswer(a.Id, a.Question, a.Answer, a.AnsweredAt, a.AnsweredByName)).Take(500).ToListAsync(token);
                var mine = own.Select(q => q.Id).ToHashSet();
                return new SupplierQuestions(own, all.FindAll(a => !mine.Contains(a.Id)), WhyNotAsk(rfq));
            },
            ct);
    }

    /// <summary>Asks the buyer, until the deadline.</summary>
    /// <returns>The question's key.</returns>
    public Task<Guid> AskAsync(QuestionForm form, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        FormShape.Demand(form);
        var supplierId = QuoteQueries.OwnSupplier(user);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var rfq = await QuoteQueries.AskedAsync(db, form.RfqId, token, supplierId);
                if (WhyNotAsk(rfq) is { } why)
                {
                    throw new RefusedException(why);
                }

                if (await db.RfqQuestions.CountAsync(q => q.RfqId == rfq.Id && q.SupplierId == supplierId, token) >= RfqQuestion.Most)
                {
                    throw new RefusedException($"You have asked {RfqQuestion.Most} questions about {rfq.Number}, which is the most. Write to the buyer for more.");
                }

                var question = new RfqQuestion(rfq.Id, supplierId, rfq.Round, form.Text, user.Identity.Name);
                db.Add(question);
                await db.SaveChangesAsync(token);
                await TellBuyerAsync(db, rfq, supplierId, question.Text, token);
                return question.Id;
            },
            ct);
    }

    /// <summary>Answers a question, once: to whoever asked, or to all suppliers of the round. Those who read it get a mail.</summary>
    /// <returns>The RFQ's key.</returns>
    public Task<Guid> AnswerAsync(AnswerForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var question = await db.RfqQuestions.SingleOrDefaultAsync(q => q.Id == form.Id, token) ?? throw new MissingException("question");
                var rfq = await db.Rfqs.Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == question.RfqId, token) ?? throw new MissingException("RFQ");
                if (Over.Contains(rfq.Status))
                {
                    throw new RefusedException($"{rfq.Number} is {Words.Spaced(rfq.Status).ToLowerInvariant()}: an answer changes nothing any more.");
                }

                question.Reply(form.Answer, form.Scope, form.PublicText, user.Identity.Name, await db.NowAsync(token));
                db.Entry(question).Property(q => q.Version).OriginalValue = form.Version;
                var (asked, toAll) = (question.PublicText ?? question.Text, form.Scope == AnswerScope.Everybody);
                await InvitationService.TellAsync(
                    db, rfq, i => i.SupplierId == question.SupplierId || (toAll && i.Round == rfq.Round && i.Status != InvitationStatus.Declined),
                    (letter, to, email) => RfqMails.Answer(letter, to, email, asked, question.Answer!, toAll), token, everyRound: true);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
                return rfq.Id;
            },
            ct);
    }

    private static string? WhyNotAsk(AskedRfq rfq) => rfq.WhyNotForSupplier() is null
        ? null
        : rfq.InvitedRound is { } round && round < rfq.Round
            ? $"{rfq.Number} went on without you after round {round}, so nothing can be asked any more."
            : rfq.Status == RfqStatus.Paused
                ? $"{rfq.Number} is paused. You can ask again when it goes on."
                : $"Questions about {rfq.Number} could be asked until its deadline.";

    private static async Task TellBuyerAsync(SourcingDb db, AskedRfq rfq, Guid supplierId, string text, CancellationToken ct)
    {
        var name = await db.Suppliers.IgnoreQueryFilters().Where(s => s.Id == supplierId).Select(s => s.Name).SingleOrDefaultAsync(ct) ?? "A supplier";
        var buyer = await db.Database.SqlQuery<Guid?>($"select app.buyer_of({rfq.Id}) as \"Value\"").SingleAsync(ct);
        await db.NotifyAsync([buyer ?? Guid.Empty], $"{name} asks about {rfq.Number}: {text}", $"/rfqs/{rfq.Id}/questions", "contact_support", ct);
        await db.AnnounceAsync("rfqs", rfq.Id, ct);
    }
}
