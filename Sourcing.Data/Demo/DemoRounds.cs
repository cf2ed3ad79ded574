using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Demo;

/// <summary>What happens to the mill's RFQs besides their quotes: questions and answers, one that is held, one in its second round.</summary>
internal static class DemoRounds
{
    /// <summary>After the RFQs and their quotes are saved: what was quoted in a round that is over can no longer be written.</summary>
    public static async Task AddAsync(SourcingDb db, DemoStory story, CancellationToken ct)
    {
        var rfqs = db.ChangeTracker.Entries<Rfq>().Select(e => e.Entity).OrderBy(r => r.Number, StringComparer.Ordinal).ToList();
        var open = rfqs.FindAll(r => r.Status == RfqStatus.Open);
        Ask(db, story, open[^2], 0, "Is a delivery in two lots possible, the first four weeks earlier?", "Yes, in two lots of half the quantity each. Please say both days in the notes.", AnswerScope.Everybody);
        Ask(db, story, open[^2], 1, "Do you need certificates for each lot, or one for all?", null, null);
        Ask(db, story, open[^3], 0, "Our laboratory is moving this month. May the certificate follow a week after the goods?", "For this request, yes.", AnswerScope.Private);
        open[^1].Pause("The drawing of one line is being revised; we send it within the week.", story.Now.AddHours(-20));
        var again = rfqs.Where(r => r.Status == RfqStatus.Closed).MaxBy(r => db.ChangeTracker.Entries<Quote>().Count(q => q.Entity.RfqId == r.Id))!;
        await StartRoundAsync(db, story, again, ct);
    }

    private static void Ask(SourcingDb db, DemoStory story, Rfq rfq, int supplier, string text, string? answer, AnswerScope? scope)
    {
        var invitation = rfq.Invitations[supplier];
        var question = new RfqQuestion(rfq.Id, invitation.SupplierId, rfq.Round, text, invitation.ContactName);
        if (answer is not null)
        {
            var buyer = story.People.Single(p => p.Id == rfq.BuyerId);
            question.Reply(answer, scope!.Value, text, buyer.FullName, story.Now.AddHours(-3));
        }

        db.Add(question);
        db.Entry(question).Property(q => q.CreatedAt).CurrentValue = story.Now.AddHours(answer is null ? -2 : -26);
    }

    // Those who quoted are asked again, each with its rank; two of them have answered, three and five per cent below.
    private static async Task StartRoundAsync(SourcingDb db, DemoStory story, Rfq rfq, CancellationToken ct)
    {
        var quotes = db.ChangeTracker.Entries<Quote>().Select(e => e.Entity).Where(q => q.RfqId == rfq.Id && q.Status == QuoteStatus.Submitted).OrderBy(q => q.Number, StringComparer.Ordinal).ToList();
        var (lines, inputs, comparison) = DemoAward.Compare(story, rfq, quotes, story.Now);
        var ranks = RoundRanks.Of(inputs.ConvertAll(q => (q.SupplierId, comparison.Total(q.QuoteId))));
        var buyer = story.People.Single(p => p.Id == rfq.BuyerId);
        var (started, deadline) = (story.Now.AddHours(-9), story.Now.AddHours(38));
        db.AddRange(rfq.Invitations.Where(i => quotes.Exists(q => q.SupplierId == i.SupplierId))
            .Select(i => new RfqRoundAnswer(i, ranks.TryGetValue(i.SupplierId, out var rank) ? rank : null)).ToList());
        rfq.StartNextRound([.. quotes.Select(q => q.SupplierId)], deadline, rfq.DeadlineTimeZone, story.Now);
        db.Add(new RfqRound(rfq.Id, rfq.Round, deadline, "You are close to each other. Give us your best price for the full quantities, please.", showsRank: true, buyer.Id, buyer.FullName, started));
        foreach (var invitation in rfq.Invitations.Where(i => i.Round == rfq.Round))
        {
            invitation.Send(started);
        }

        await db.SaveChangesAsync(ct);
        Answer(db, story, rfq, quotes[0], 0.95m, story.Now.AddHours(-2));
        Answer(db, story, rfq, quotes[1], 0.97m, story.Now.AddHours(-1));
    }

    // What was quoted before, at a share of its prices.
    private static void Answer(SourcingDb db, DemoStory story, Rfq rfq, Quote before, decimal share, DateTimeOffset at)
    {
        var content = QuoteJson.Read(QuoteJson.Write(db.ChangeTracker.Entries<QuoteRevision>().Single(r => r.Entity.QuoteId == before.Id).Entity.Content));
        foreach (var line in content.Lines.Where(l => l.HasOffer))
        {
            line.UnitPrice = decimal.Round(line.UnitPrice!.Value * share, line.UnitPrice < 1 ? 4 : 2);
            line.Breaks.ForEach(b => b.UnitPrice = decimal.Round(b.UnitPrice!.Value * share, line.UnitPrice < 1 ? 4 : 2));
        }

        var asked = rfq.Invitations.Single(i => i.SupplierId == before.SupplierId);
        var quote = new Quote(rfq.Id, asked.SupplierId, rfq.Round, story.Number("Q", at), content.Currency);
        db.Add(quote);
        db.Add(quote.Submit(content, story.Units.ToDictionary(u => u.Key, u => u.Value.Id), new(asked.Id, asked.ContactName, QuoteChannel.Link, false), at));
        asked.MarkViewed(at.AddHours(-1));
        asked.MarkQuoted(at);
    }
}
