using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Demo;

/// <summary>The mill's RFQs, quotes, awards, orders and receipts.</summary>
internal static class DemoTrade
{
    private const string Zone = "Europe/Berlin";

    private const string Place = "Mill store, gate 3, 12 Weavers Lane, 20457 Hamburg";

    /// <summary>Forty RFQs: how many end in which state.</summary>
    private static readonly (RfqStatus Status, int Count)[] Ends =
    [
        (RfqStatus.Draft, 5), (RfqStatus.Open, 9), (RfqStatus.Closed, 3), (RfqStatus.Evaluating, 5), (RfqStatus.Awarded, 9), (RfqStatus.Completed, 6), (RfqStatus.Cancelled, 3),
    ];

    public static void AddRfqs(SourcingDb db, DemoStory story)
    {
        var i = 0;
        foreach (var status in Ends.Reverse().SelectMany(e => Enumerable.Repeat(e.Status, e.Count)))
        {
            AddRfq(db, story, status, i++);
        }
    }

    public static void AddOrders(SourcingDb db, DemoStory story)
    {
        var made = db.ChangeTracker.Entries<Order>().Count();
        for (var i = 0; made + i < 200 - DemoOpenOrders.Count; i++)
        {
            var kind = DemoCatalog.Kinds[i % DemoCatalog.Kinds.Length];
            // Most of a category goes to its first supplier, and some to the next two; the demo's supplier account has a past too.
            var sellers = story.SellersOf(kind.Code).Where(s => s.BlockedFor != SupplierBlock.Order).ToList();
            var shown = story.Suppliers[0].Supplier;
            var supplier = sellers.Contains(shown) && i / DemoCatalog.Kinds.Length % 2 == 0 ? shown : sellers[(i / DemoCatalog.Kinds.Length % 4) switch { 1 => 1, 3 => 2, _ => 0 } % sellers.Count];
            var at = story.Now.AddDays(-540 + (i * 530.0 / (200 - DemoOpenOrders.Count - made))).AddHours(i % 9);
            var buyer = story.Buyer(i);
            var order = Order.Draft(story.Number("PO", at), supplier.Id, supplier.Currency, buyer.Id, buyer.Id);
            var parts = story.Parts.Where(p => p.Kind == kind && p.Sellers.Contains(supplier)).OrderBy(_ => story.Random.Next()).Take(1 + (i % 4)).ToList();
            if (parts.Count == 0)
            {
                parts = [story.Parts.First(p => p.Kind == kind)];
            }

            var months = (story.Now - at).TotalDays / 30;
            var lead = supplier.DefaultLeadTimeDays ?? 21;
            order.Edit(supplier.Id, supplier.Currency, Terms(supplier, i % 5 == 0 ? 120 : 0), [.. parts.Select(p => Line(story, p, supplier, Day(at), lead, months))]);
            story.Made.Add(("orders", order.Id, at.AddHours(-5)));
            db.Add(order);
            Live(story, order, supplier, buyer, at, i);
        }

        DemoOpenOrders.Add(db, story);
    }

    private static void AddRfq(SourcingDb db, DemoStory story, RfqStatus end, int i)
    {
        var kind = DemoCatalog.Kinds[(i * 5) % DemoCatalog.Kinds.Length];
        var buyer = story.Buyer(i);
        var deadline = Deadline(story, end, i);
        var at = end == RfqStatus.Draft ? story.Now.AddDays(-i % 5).AddHours(-2) : deadline!.Value.AddDays(-12 - (i % 5));
        var rfq = new Rfq(story.Number("RFQ", at), buyer.Id, new($"{kind.Name}, {DemoCatalog.Titles[i % DemoCatalog.Titles.Length]}", "EUR", deadline, Zone)
        {
            CategoryId = story.Categories[kind.Code].Id, Description = "Prices for the full quantities please, delivered in one lot unless said otherwise. Certificates of conformity with the quote.",
            DeliveryPlace = Place, Incoterm = "DAP", PaymentTerms = "30 days net",
        });
        var parts = story.Parts.Where(p => p.Kind == kind).OrderBy(_ => story.Random.Next()).Take(3 + (i % 6)).ToList();
        var size = end == RfqStatus.Evaluating && buyer.ApprovalLimit < 20_000 ? 3 : 1;
        rfq.SetLines([.. parts.Select(p => ((Guid?)null, new RfqLineContent(p.Part.Name, decimal.Round(size * kind.Quantity * (decimal)(0.5 + story.Random.NextDouble())), p.Part.UnitId)
        {
            PartId = p.Part.Id, TargetPrice = decimal.Round(p.Price * 0.98m, p.Price < 1 ? 4 : 2), NeedBy = Day(deadline ?? story.Now).AddDays(45 + i),
        }))]);
        story.Made.Add(("rfqs", rfq.Id, end == RfqStatus.Draft ? at : at.AddDays(-2)));
        db.Add(rfq);
        var suppliers = story.SellersOf(kind.Code).Where(s => s.BlockedFor == SupplierBlock.None).ToList();
        // The demo's supplier account sees something of everything.
        suppliers = [.. suppliers.OrderByDescending(s => s == story.Suppliers[0].Supplier).Take(3 + (i % 4))];
        foreach (var supplier in end == RfqStatus.Draft && i % 2 == 0 ? [] : suppliers)
        {
            rfq.Invite(supplier.Id, supplier.Name, supplier.ContactName, supplier.Email);
        }

        if (end == RfqStatus.Draft)
        {
            return;
        }

        rfq.Open(at);
        foreach (var invitation in rfq.Invitations)
        {
            invitation.Send(at);
        }

        var quotes = end == RfqStatus.Cancelled && i % 2 == 0 ? [] : Answers(db, story, rfq, parts, suppliers, at, deadline!.Value, end == RfqStatus.Open, i);
        Finish(db, story, rfq, end, quotes, suppliers, buyer, deadline!.Value, i);
    }

    private static DateTimeOffset? Deadline(DemoStory story, RfqStatus end, int i)
    {
        var noon = new DateTimeOffset(story.Now.UtcDateTime.Date, TimeSpan.Zero).AddHours(16);
        return end switch
        {
            RfqStatus.Draft => i % 2 == 0 ? null : noon.AddDays(10 + i % 6),
            RfqStatus.Open => i % 9 == 0 ? story.Now.AddHours(5) : i % 9 == 1 ? story.Now.AddHours(29) : noon.AddDays(2 + (i % 9)),
            RfqStatus.Closed => noon.AddDays(-1 - (i % 3)),
            RfqStatus.Evaluating => noon.AddDays(-4 - (i % 5)),
            RfqStatus.Awarded => noon.AddDays(-14 - ((i % 9) * 9)),
            _ => noon.AddDays(-120 - (i * 14)),
        };
    }

    private static List<Quote> Answers(
        SourcingDb db, DemoStory story, Rfq rfq, List<DemoPart> parts, List<Supplier> suppliers, DateTimeOffset opened, DateTimeOffset deadline, bool running, int i)
    {
        var quotes = new List<Quote>();
        var units = story.Units.ToDictionary(u => u.Key, u => u.Value.Id);
        for (var s = 0; s < suppliers.Count; s++)
        {
            var (supplier, invitation) = (suppliers[s], rfq.Invitations.Single(n => n.SupplierId == suppliers[s].Id));
            var at = opened + ((running ? story.Now - opened : deadline - opened) * (0.3 + (0.6 * story.Random.NextDouble())));
            var fate = (i + (s * 3)) % 8;
            if (fate == 7 || (running && fate >= 5))
            {
                if (fate != 6)
                {
                    invitation.MarkViewed(at);
                }

                continue;
            }

            invitation.MarkViewed(at.AddHours(-3));
            if (fate == 4)
            {
                invitation.Decline(DeclineReason.NoCapacity, "Fully booked until the end of the quarter.", at);
                continue;
            }

            var quote = new Quote(rfq.Id, supplier.Id, rfq.Round, story.Number("Q", at), supplier.Currency);
            var content = Content(story, rfq, parts, supplier, deadline, (story.Now - at).TotalDays / 30, s);
            var by = new QuoteSubmission(supplier == story.Suppliers[0].Supplier ? story.Person("rui.tavora@example.test") : invitation.Id, supplier.ContactName, s == 0 ? QuoteChannel.Portal : QuoteChannel.Link, false);
            db.Add(quote);
            db.Add(quote.Submit(content, units, by, at));
            invitation.MarkQuoted(at);
            story.Made.Add(("quotes", quote.Id, at.AddHours(-1)));
            quotes.Add(quote);
        }

        return quotes;
    }

    private static QuoteContent Content(DemoStory story, Rfq rfq, List<DemoPart> parts, Supplier supplier, DateTimeOffset deadline, double months, int s)
    {
        var content = new QuoteContent
        {
            Currency = supplier.Currency, ValidUntil = Day(deadline).AddDays(45 + (s * 5)), LeadTimeDays = supplier.DefaultLeadTimeDays ?? 21, PaymentTerms = supplier.PaymentTerms,
            Incoterm = supplier.Incoterm, FreightCost = s % 2 == 0 ? 80 + (s * 60) : 0, OtherCost = s == 3 ? 45 : 0, Notes = s == 1 ? "Prices hold for call-offs within six months." : "",
        };
        for (var l = 0; l < rfq.Lines.Count; l++)
        {
            var (line, part) = (rfq.Lines[l], parts[l]);
            var price = story.PriceOf(part, supplier, months) * ((s + l) % 13 == 12 ? 1.35m : 1);
            var answer = new QuoteLineContent { RfqLineId = line.Id, Unit = part.Kind.Unit, Quantity = line.Quantity, UnitPrice = decimal.Round(price, part.Price < 1 ? 4 : 2) };
            if ((s + l) % 11 == 7)
            {
                answer = new() { RfqLineId = line.Id, Unit = part.Kind.Unit, Outcome = QuoteLineOutcome.NoQuote, NoQuoteReason = l % 2 == 0 ? NoQuoteReason.NotInRange : NoQuoteReason.CapacityFull };
            }
            else if ((s + l) % 12 == 8)
            {
                (answer.Outcome, answer.Alternate) = (QuoteLineOutcome.Alternate, $"SF-{part.Part.Number}, {part.Part.Name}, our standard finish");
            }
            else if (l % 3 == 1)
            {
                answer.Breaks = [new() { MinimumQuantity = decimal.Round(line.Quantity * 1.5m), UnitPrice = decimal.Round(price * 0.96m, 4) }];
            }

            content.Lines.Add(answer);
        }

        return content;
    }

    private static void Finish(SourcingDb db, DemoStory story, Rfq rfq, RfqStatus end, List<Quote> quotes, List<Supplier> suppliers, Person buyer, DateTimeOffset deadline, int i)
    {
        if (end == RfqStatus.Open)
        {
            return;
        }

        if (end == RfqStatus.Cancelled)
        {
            rfq.Cancel("The programme was put off to the next season.", deadline.AddDays(-1));
            return;
        }

        rfq.Close(deadline);
        if (end == RfqStatus.Closed)
        {
            return;
        }

        rfq.StartEvaluation();
        DemoScenarios.Add(db, story, rfq, quotes, suppliers, buyer, end == RfqStatus.Evaluating ? story.Now.AddHours(-26 - i) : deadline.AddDays(1));
        if (end == RfqStatus.Evaluating)
        {
            // Above the buyer's limit: it waits for somebody else's signature.
            if (buyer.ApprovalLimit is { } limit && DemoAward.Propose(story, rfq, quotes, buyer, story.Now.AddHours(-20 - i)) is var asked && asked.TotalInBase > limit)
            {
                db.Add(asked);
            }

            return;
        }

        if (quotes.Count == 0)
        {
            return;
        }

        var decided = deadline.AddDays(2);
        var decision = DemoAward.Decide(story, rfq, quotes, buyer, decided);
        db.Add(decision);
        rfq.MarkAwarded(decided);
        foreach (var winner in quotes.Where(q => q.Lines.Any(l => decision.Awards.Any(a => a.QuoteLineId == l.Id))))
        {
            var supplier = suppliers.Single(s => s.Id == winner.SupplierId);
            var all = winner.Lines.Where(l => l.UnitPrice is not null).All(l => decision.Awards.Any(a => a.QuoteLineId == l.Id));
            winner.Decide(all ? QuoteStatus.Awarded : QuoteStatus.PartiallyAwarded);
            var order = DemoAward.OrderOf(story, rfq, winner, decision, supplier, buyer, decided, Place);
            story.Made.Add(("orders", order.Id, decided));
            db.Add(order);
            Live(story, order, supplier, buyer, decided.AddHours(4), i + order.Number[^1]);
        }

        foreach (var loser in quotes.Where(q => q.Status == QuoteStatus.Submitted))
        {
            loser.Decide(QuoteStatus.Rejected);
        }

        if (end == RfqStatus.Completed)
        {
            rfq.Complete(decided.AddDays(50));
        }
    }

    /// <summary>Walks an order through its life as far as today allows; a few stay behind on purpose.</summary>
    private static void Live(DemoStory story, Order order, Supplier supplier, Person buyer, DateTimeOffset at, int i)
    {
        if (i % 47 == 13)
        {
            order.Cancel("Bought from stock of another mill.", at.AddDays(1));
            return;
        }

        if (order.Status == OrderStatus.Draft)
        {
            if (i % 61 == 30 || at > story.Now.AddDays(-3))
            {
                if (order.Total > buyer.ApprovalLimit)
                {
                    order.RequestApproval(buyer.Id, at.AddHours(1) < story.Now ? at.AddHours(1) : story.Now);
                }

                return;
            }

            order.Approve(new(story.Person("ana.pinheda@example.test"), "Ana Pinheda", null), order.Total, at);
        }

        var issued = at.AddHours(2);
        if (issued > story.Now.AddDays(-1))
        {
            return;
        }

        order.Issue(buyer.FullName, buyer.Email, supplier.Email, issued);
        var acknowledged = issued.AddDays(1 + (i % 2));
        if (acknowledged > story.Now)
        {
            return;
        }

        order.Acknowledge(acknowledged);
        var due = order.Lines.Min(l => l.PromisedDate) ?? Day(issued).AddDays(21);
        var arrives = new DateTimeOffset(due.AddDays((i % 7) switch { 0 => 6, 1 => 2, 2 => -3, _ => -1 }), new TimeOnly(9, 30), TimeSpan.Zero);
        var shipped = arrives.AddDays(-4);
        if (shipped > story.Now || shipped < acknowledged)
        {
            shipped = acknowledged.AddHours(6);
            if (arrives > story.Now)
            {
                if (i % 3 == 0)
                {
                    order.StartProduction(acknowledged.AddHours(3));
                }

                return;
            }
        }

        order.Ship(i % 2 == 0 ? "Nordfracht" : "Cargoline", $"NF{430000 + (i * 77)}", i % 5 == 0 ? ShipmentMode.Ocean : ShipmentMode.Truck, Day(arrives), shipped, shipped);
        // One now and then has been lost on the way for some weeks.
        if (arrives > story.Now || (i % 29 == 11 && arrives > story.Now.AddDays(-45)))
        {
            return;
        }

        Receive(story, order, buyer, arrives, i);
        if (order.Status == OrderStatus.Received && arrives < story.Now.AddDays(-30))
        {
            order.Pay(order.Total, Day(arrives).AddDays(28), "Bank transfer", $"BT-{70000 + i}");
            order.Close("", arrives.AddDays(29));
        }
    }

    private static void Receive(DemoStory story, Order order, Person buyer, DateTimeOffset at, int i)
    {
        foreach (var line in order.Lines.ToList())
        {
            var short_ = i % 6 == 5;
            var rejected = i % 17 == 8 ? decimal.Round(line.Quantity * 0.04m) : 0;
            var arrived = short_ ? decimal.Round(line.Quantity * 0.6m) : line.Quantity - rejected;
            order.Receive(line.Id, arrived, rejected, rejected > 0 ? RejectReason.Damaged : null, rejected > 0 ? "Wet cartons on one pallet." : "", at, buyer.Id, at);
            var rest = line.OpenQuantity;
            if (rest > 0 && at.AddDays(9) < story.Now.AddDays(-7))
            {
                order.Receive(line.Id, rest, 0, null, "", at.AddDays(9), buyer.Id, at.AddDays(9));
            }
        }
    }

    internal static OrderLineDraft Line(DemoStory story, DemoPart part, Supplier supplier, DateOnly day, int lead, double months) => new(
        null, part.Part.Id, part.Part.Number, "", part.Part.Name, decimal.Round(part.Kind.Quantity * (decimal)(0.3 + story.Random.NextDouble())), story.Units[part.Kind.Unit].Id, part.Kind.Unit,
        story.PriceOf(part, supplier, months), day.AddDays(lead + 7), day.AddDays(lead + (story.Random.Next(6) == 0 ? 12 : 0)));

    internal static OrderTerms Terms(Supplier supplier, decimal freight) => new(supplier.PaymentTerms, supplier.Incoterm, Place, freight);

    internal static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
