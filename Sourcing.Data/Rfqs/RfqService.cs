using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>A draft that planning makes.</summary>
/// <param name="SupplierIds">Whom to choose for it, in this order; those that may not be invited are left out.</param>
public sealed record PlannedRequest(RfqHead Head, IReadOnlyList<RfqLineForm> Lines, IReadOnlyList<Guid> SupplierIds);

/// <summary>Writes drafts and moves RFQs from state to state. Suppliers are asked through <see cref="InvitationService"/>.</summary>
public sealed class RfqService(Database database, CurrentUser user, SealingKey key)
{
    /// <summary>Saves a draft as a whole, new or known, with its lines in the order given; rows in which nothing was typed are left out.</summary>
    public Task<Guid> SaveAsync(RfqForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        var head = Head(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var lines = await ContentsAsync(db, form.Lines, token);
            Rfq rfq;
            if (form.Id is { } id)
            {
                rfq = await LoadAsync(db, id, token);
                rfq.Rewrite(head);
                // The head is written even when only lines changed, so that two people who edit one draft meet.
                db.Entry(rfq).Property(r => r.Title).IsModified = true;
                db.Entry(rfq).Property(r => r.Version).OriginalValue = form.Version;
            }
            else
            {
                rfq = new Rfq(await db.NextNumberAsync("RFQ", token), user.Id, head);
                db.Add(rfq);
            }

            var before = rfq.Lines.Select(l => l.Id).ToList();
            rfq.SetLines(lines);
            await RfqFiles.DropAsync(db, [.. before.Except(rfq.Lines.Select(l => l.Id))], user.Id, await db.NowAsync(token), token);
            return await DoneAsync(db, rfq, token);
        }, ct);
    }

    /// <summary>
    /// The door for planning: adds a draft with its suppliers to the caller's context and transaction, and saves nothing. It needs no right
    /// to write RFQs, since nobody outside sees a draft: whoever may sends it.
    /// </summary>
    /// <returns>The RFQ; its lines stand in the order of those given.</returns>
    public async Task<Rfq> AddFromPlanning(SourcingDb db, PlannedRequest request, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        FormShape.Demand(new RfqForm { Title = request.Head.Title, Currency = request.Head.Currency, Lines = [.. request.Lines] });
        var rfq = new Rfq(await db.NextNumberAsync("RFQ", ct), user.Id, request.Head, RfqSource.Planning);
        rfq.SetLines(await ContentsAsync(db, [.. request.Lines], ct));
        var suppliers = (await InvitationService.SuppliersAsync(db, request.SupplierIds, ct)).ToDictionary(s => s.Id);
        foreach (var id in request.SupplierIds.Distinct().Where(suppliers.ContainsKey))
        {
            if (suppliers[id] is { IsActive: true, BlockedFor: SupplierBlock.None } supplier)
            {
                InvitationService.Choose(rfq, supplier);
            }
        }

        db.Add(rfq);
        await db.AnnounceAsync("rfqs", rfq.Id, ct);
        return rfq;
    }

    /// <summary>The door for sales: adds a draft on behalf of a customer to the caller's context and transaction, and saves nothing.</summary>
    /// <param name="salesRepId">Who asked for it.</param>
    public async Task<Rfq> AddForCustomer(SourcingDb db, RfqHead head, IReadOnlyList<RfqLineForm> lines, Guid customerId, Guid? salesRepId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(new RfqForm { Title = head.Title, Currency = head.Currency, Lines = [.. lines] });
        var rfq = new Rfq(await db.NextNumberAsync("RFQ", ct), user.Id, head, RfqSource.Customer);
        rfq.SetLines(await ContentsAsync(db, [.. lines], ct));
        rfq.SellTo(customerId, salesRepId);
        db.Add(rfq);
        await db.AnnounceAsync("rfqs", rfq.Id, ct);
        return rfq;
    }

    /// <summary>Says on whose behalf an RFQ is asked, and who sells; null for nobody. What it is awarded to afterwards is sold to them.</summary>
    public Task<Guid> SellToAsync(RfqActForm form, Guid? customerId, Guid? salesRepId, CancellationToken ct) =>
        ActAsync(form, (_, rfq, _, _) => { rfq.SellTo(customerId, salesRepId); return Task.CompletedTask; }, ct);

    /// <summary>Adds lines below those of a draft: from the catalog, a list of recommendations, a file.</summary>
    public Task<Guid> AddLinesAsync(Guid formKey, Guid rfqId, IReadOnlyList<RfqLineForm> lines, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        var form = new RfqForm { FormKey = formKey, Title = "-", Lines = [.. lines] };
        FormShape.Demand(form);
        return database.WriteOnceAsync(formKey, async (db, token) =>
        {
            var rfq = await LoadAsync(db, rfqId, token);
            var added = await ContentsAsync(db, form.Lines, token);
            if (rfq.Lines.Count + added.Count > RfqForm.MostLines)
            {
                throw new RefusedException($"An RFQ holds {RfqForm.MostLines:#,##0} lines at most; {rfq.Number} would have {rfq.Lines.Count + added.Count:#,##0}. Start another one.");
            }

            rfq.SetLines([.. rfq.Lines.Select(l => ((Guid?)l.Id, l.Content())), .. added]);
            db.Entry(rfq).Property(r => r.Title).IsModified = true;
            return await DoneAsync(db, rfq, token);
        }, ct);
    }

    /// <summary>A new draft with the same text, terms and lines, without a deadline; with the files, and with the suppliers that may still be invited, if wished.</summary>
    public Task<Guid> CopyAsync(CopyRfqForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var source = await LoadAsync(db, form.Id, token);
            var head = new RfqHead(source.Title, source.Currency, null, source.DeadlineTimeZone)
            {
                Description = source.Description, CategoryId = source.CategoryId, Incoterm = source.Incoterm,
                DeliveryPlace = source.DeliveryPlace, PaymentTerms = source.PaymentTerms, Sealed = source.Sealed,
            };
            var copy = new Rfq(await db.NextNumberAsync("RFQ", token), user.Id, head);
            copy.SetLines([.. source.Lines.Select(l => ((Guid?)null, l.Content()))]);
            if (form.WithSuppliers)
            {
                var suppliers = await InvitationService.SuppliersAsync(db, source.Invitations.Select(i => i.SupplierId), token);
                foreach (var supplier in suppliers.Where(s => s.IsActive && s.BlockedFor == SupplierBlock.None))
                {
                    InvitationService.Choose(copy, supplier);
                }
            }

            db.Add(copy);
            await db.SaveChangesAsync(token);
            if (form.WithFiles)
            {
                await RfqFiles.CopyAsync(db, source, copy, token);
            }

            return await DoneAsync(db, copy, token);
        }, ct);
    }

    /// <summary>
    /// Sends the draft, as it was seen, to the suppliers chosen for it. Refuses when something is missing or one of them was blocked meanwhile. Whoever
    /// sends what a planner made is its buyer from then on: suppliers answer somebody who can act.
    /// </summary>
    public Task<Guid> OpenAsync(RfqActForm form, CancellationToken ct) =>
        ActAsync(form, async (db, rfq, now, token) =>
        {
            db.Entry(rfq).Property(r => r.Version).OriginalValue = form.Version;
            var suppliers = await InvitationService.SuppliersAsync(db, rfq.Invitations.Select(i => i.SupplierId), token);
            suppliers.ForEach(s => s.DemandInvitable());
            var asked = rfq.BuyerId;
            if (await db.People.SingleOrDefaultAsync(p => p.Id == asked, token) is { } person && !person.May(Permission.RfqsWrite))
            {
                rfq.HandTo(user.Id);
            }

            rfq.Open(now);
            await RfqLock.CloseAsync(db, key, rfq, token);
            await InvitationService.SendAsync(db, rfq, rfq.Invitations, suppliers, now, token);
            await db.NotifyAsync([asked], $"{rfq.Number} is open: {rfq.Title}", Page(rfq), "send", token);
        }, ct);

    /// <summary>Ends the quoting before its deadline.</summary>
    public Task<Guid> CloseAsync(RfqActForm form, CancellationToken ct) =>
        ActAsync(form, async (db, rfq, now, token) =>
        {
            rfq.Close(now);
            await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} was closed before its deadline.", Page(rfq), "lock_clock", token);
        }, ct);

    /// <summary>Begins the comparison.</summary>
    public Task<Guid> StartEvaluationAsync(RfqActForm form, CancellationToken ct) =>
        ActAsync(form, (_, rfq, _, _) => { rfq.StartEvaluation(); return Task.CompletedTask; }, ct);

    /// <summary>Nothing is left to do for an awarded RFQ.</summary>
    public Task<Guid> CompleteAsync(RfqActForm form, CancellationToken ct) =>
        ActAsync(form, (_, rfq, now, _) => { rfq.Complete(now); return Task.CompletedTask; }, ct);

    /// <summary>Moves a card of the board to another lane, where that needs nothing but the wish; refuses with the reason where it does.</summary>
    public Task<Guid> MoveAsync(RfqActForm form, RfqStatus from, RfqStatus to, CancellationToken ct) => RfqMoves.WhyNotByHand(from, to) is { } reason
        ? throw new RefusedException(reason)
        : to switch
        {
            RfqStatus.Open when from is RfqStatus.Draft or RfqStatus.Approval => OpenAsync(form, ct),
            RfqStatus.Open when from is RfqStatus.Paused => throw new RefusedException("Resuming needs a deadline. Open the RFQ and choose \"Resume\"."),
            RfqStatus.Open => throw new RefusedException("Reopening needs a new deadline. Open the RFQ and choose \"Extend the deadline\"."),
            RfqStatus.Closed => CloseAsync(form, ct),
            RfqStatus.Evaluating => StartEvaluationAsync(form, ct),
            RfqStatus.Completed => CompleteAsync(form, ct),
            _ => throw new RefusedException("Open the RFQ to do this."),
        };

    /// <summary>Holds an open RFQ: suppliers that have not declined read the reason and cannot answer.</summary>
    public Task<Guid> PauseAsync(PauseForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        return ActAsync(form, async (db, rfq, now, token) =>
        {
            rfq.Pause(form.Reason, now);
            await InvitationService.TellAsync(
                db, rfq, i => i.Status != InvitationStatus.Declined, (letter, to, email) => RfqMails.Paused(letter, to, email, rfq.PauseReason!), token);
            await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} is paused: {rfq.PauseReason}", Page(rfq), "pause_circle", token);
        }, ct);
    }

    /// <summary>Lets a paused RFQ go on until the same deadline or a later one; suppliers that have not declined are told.</summary>
    public Task<Guid> ResumeAsync(ResumeForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        var deadline = DeadlineMoment.Of(form.Deadline!.Value, form.DeadlineTimeZone);
        return ActAsync(form, async (db, rfq, now, token) =>
        {
            rfq.Resume(deadline, form.DeadlineTimeZone, now);
            await InvitationService.TellAsync(db, rfq, i => i.Status != InvitationStatus.Declined, RfqMails.Resumed, token);
            await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} goes on until {DeadlineMoment.Words(deadline, form.DeadlineTimeZone)}", Page(rfq), "play_circle", token);
        }, ct);
    }

    /// <summary>Gives suppliers more time, or opens a closed RFQ again; every invited supplier that has not declined is told, and why.</summary>
    public Task<Guid> ExtendDeadlineAsync(DeadlineForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        var deadline = DeadlineMoment.Of(form.Deadline!.Value, form.DeadlineTimeZone);
        return ActAsync(form, async (db, rfq, now, token) =>
        {
            rfq.ExtendDeadline(deadline, form.DeadlineTimeZone, now, form.Reason);
            await InvitationService.TellAsync(
                db, rfq, i => i.Status != InvitationStatus.Declined, (letter, to, email) => RfqMails.NewDeadline(letter, to, email, rfq.DeadlineReason!), token);
            await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} has a new deadline: {DeadlineMoment.Words(deadline, form.DeadlineTimeZone)}", Page(rfq), "more_time", token);
        }, ct);
    }

    /// <summary>Tells every invited supplier that has not declined, by mail and on the pages where they quote; it stays as it was sent.</summary>
    public Task<Guid> AmendAsync(AddendumForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        return ActAsync(form, async (db, rfq, _, token) =>
        {
            var number = await db.RfqAddenda.Where(a => a.RfqId == rfq.Id).MaxAsync(a => (int?)a.Number, token) ?? 0;
            var addendum = rfq.Amend(number + 1, form.Text, user.Identity.Name);
            await InvitationService.TellAsync(
                db, rfq, i => i.Status != InvitationStatus.Declined, (letter, to, email) => RfqMails.Addendum(letter, to, email, addendum.Number, addendum.Text), token);
        }, ct);
    }

    /// <summary>Ends an RFQ without an award; suppliers that were invited and have not declined read the reason.</summary>
    public Task<Guid> CancelAsync(CancelRfqForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        FormShape.Demand(form);
        return ActAsync(form, async (db, rfq, now, token) =>
        {
            rfq.Cancel(form.Reason, now);
            await InvitationService.TellAsync(
                db, rfq, i => i.Status != InvitationStatus.Declined, (letter, to, email) => RfqMails.Cancelled(letter, to, email, form.Reason.Trim()), token);
            await db.NotifyAsync([rfq.BuyerId], $"{rfq.Number} was cancelled: {form.Reason.Trim()}", Page(rfq), "cancel", token);
        }, ct);
    }

    /// <summary>Deletes a draft that nobody outside has seen. It can be restored.</summary>
    public Task DeleteDraftAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var rfq = await db.Rfqs.SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("RFQ");
            if (!rfq.IsDraft)
            {
                throw new RefusedException("The invitations have gone out, so it cannot be deleted. Cancel it instead.");
            }

            db.Remove(rfq);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("rfqs", id, token);
        }, ct);
    }

    internal static string Page(Rfq rfq) => $"/rfqs/{rfq.Id}";

    private Task<Guid> ActAsync(RfqActForm form, Func<SourcingDb, Rfq, DateTimeOffset, CancellationToken, Task> act, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var rfq = await LoadAsync(db, form.Id, token);
            await act(db, rfq, await db.NowAsync(token), token);
            return await DoneAsync(db, rfq, token);
        }, ct);
    }

    private static async Task<Rfq> LoadAsync(SourcingDb db, Guid id, CancellationToken ct) =>
        await db.Rfqs.Include(r => r.Lines.OrderBy(l => l.LineNo)).Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == id, ct)
            ?? throw new MissingException("RFQ");

    private static async Task<Guid> DoneAsync(SourcingDb db, Rfq rfq, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync("rfqs", rfq.Id, ct);
        return rfq.Id;
    }

    private static RfqHead Head(RfqForm form) =>
        new(form.Title, form.Currency, form.Deadline is { } local ? DeadlineMoment.Of(local, form.DeadlineTimeZone) : null, form.DeadlineTimeZone)
        {
            Description = form.Description, CategoryId = form.CategoryId, Incoterm = string.IsNullOrEmpty(form.Incoterm) ? null : form.Incoterm,
            DeliveryPlace = form.DeliveryPlace, PaymentTerms = form.PaymentTerms, Sealed = form.Sealed,
        };

    private static async Task<List<(Guid? Id, RfqLineContent Content)>> ContentsAsync(SourcingDb db, List<RfqLineForm> rows, CancellationToken ct)
    {
        var partIds = rows.Select(r => r.PartId).OfType<Guid>().Distinct().ToList();
        var parts = await db.Parts.Where(p => partIds.Contains(p.Id)).Select(p => new { p.Id, p.Specifications }).ToDictionaryAsync(p => p.Id, p => p.Specifications, ct);
        var lines = new List<(Guid?, RfqLineContent)>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.IsBlank)
            {
                continue;
            }

            IReadOnlyList<Specification>? specifications = null;
            if (row.PartId is { } part && !parts.TryGetValue(part, out specifications))
            {
                throw new RefusedException($"Lines[{i}].PartId", $"Line {(i + 1) * 10}: this part is no longer in the catalog. Choose another, or describe what is needed.");
            }

            lines.Add((row.Id, new RfqLineContent(row.Description, row.Quantity!.Value, row.UnitId!.Value)
            {
                PartId = row.PartId, TargetPrice = row.TargetPrice, NeedBy = row.NeedBy, Note = row.Note,
                Specifications = specifications is { Count: > 0 } ? JsonSerializer.Serialize(specifications.ToDictionary(s => s.Name, s => s.Unit is null ? s.Value : $"{s.Value} {s.Unit}")) : null,
            }));
        }

        return lines;
    }
}
