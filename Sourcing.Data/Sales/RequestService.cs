using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Sales;

/// <summary>A wish for an RFQ as a representative types it.</summary>
public sealed class RequestForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    [Required(ErrorMessage = "Choose the customer."), Display(Name = "Customer")]
    public Guid? CustomerId { get; set; }

    [Required(ErrorMessage = "Say what the customer wants."), StringLength(200, ErrorMessage = "The title is longer than 200 characters.")]
    public string Title { get; set; } = "";

    /// <summary>At least one.</summary>
    public List<RequestLineForm> Lines { get; set; } = [new()];

    [Display(Name = "Needed on")]
    public DateOnly? NeededOn { get; set; }

    [Display(Name = "For the buyer"), StringLength(2000, ErrorMessage = "The note is longer than 2,000 characters.")]
    public string Note { get; set; } = "";
}

/// <inheritdoc cref="RequestedLine"/>
public sealed class RequestLineForm
{
    [Display(Name = "Part")]
    public Guid? PartId { get; set; }

    [Display(Name = "What is wanted"), StringLength(255, ErrorMessage = "Use 255 characters at most.")]
    public string Description { get; set; } = "";

    public decimal? Quantity { get; set; }

    [Display(Name = "Unit")]
    public Guid? UnitId { get; set; }
}

/// <summary>Asks buyers for RFQs on behalf of customers, and answers.</summary>
public sealed class RequestService(Database database, CurrentUser user, RfqService rfqs)
{
    /// <summary>A representative asks; buyers are told. Refuses a customer that one does not see, and lines that are not complete.</summary>
    public Task<Guid> AskAsync(RequestForm form, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var customer = await db.Customers.Where(c => c.Id == form.CustomerId).Select(c => new { c.Id, c.Name }).SingleOrDefaultAsync(token) ?? throw new MissingException("customer");
            if (!await db.SalesReps.AnyAsync(r => r.Id == user.Id && r.IsActive, token))
            {
                throw new RefusedException("Only a representative asks on behalf of a customer. An admin makes somebody one under Users.");
            }

            var lines = new List<RequestedLine>();
            for (var i = 0; i < form.Lines.Count; i++)
            {
                var row = form.Lines[i];
                if (row.PartId is null && row.Description.Trim().Length == 0 && row.Quantity is null)
                {
                    continue;
                }

                lines.Add(new(
                    row.PartId, row.Description, row.Quantity ?? throw new RefusedException($"Lines[{i}].Quantity", $"Line {i + 1}: say how much is wanted."),
                    row.UnitId ?? throw new RefusedException($"Lines[{i}].UnitId", $"Line {i + 1}: choose the unit.")));
            }

            var request = new RfqRequest(await db.NextNumberAsync("ASK", token), customer.Id, user.Id, form.Title, lines, form.NeededOn, form.Note ?? "");
            db.Add(request);
            await db.SaveChangesAsync(token);
            await db.Database.ExecuteSqlAsync($"select app.notify_buyers({$"{user.Identity.Name} asks for an RFQ for {customer.Name}: {request.Title}"}, {$"/sales/requests/{request.Id}"})", token);
            return request.Id;
        }, ct);
    }

    /// <summary>Takes one's own request back, as long as no buyer answered.</summary>
    public Task WithdrawAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.NotesUse);
        return database.WriteAsync(async (db, token) =>
        {
            var request = await db.RfqRequests.SingleOrDefaultAsync(r => r.Id == id && r.SalesRepId == user.Id, token) ?? throw new MissingException("request");
            request.Withdraw(user.Id, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>A buyer makes a draft RFQ of it, with its lines, customer and representative; the representative is told. Of two at once one wins.</summary>
    /// <returns>The draft.</returns>
    public Task<Guid> TakeAsync(Guid formKey, Guid id, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteOnceAsync(formKey, async (db, token) =>
        {
            var request = await LockAsync(db, id, token);
            var head = new RfqHead(request.Title, CurrencyConversion.Base, null, user.Identity.TimeZone.Id);
            var rfq = await rfqs.AddForCustomer(
                db, head, [.. request.Lines.Select(l => new RfqLineForm { PartId = l.PartId, Description = l.Description, Quantity = l.Quantity, UnitId = l.UnitId, NeedBy = request.NeededOn })],
                request.CustomerId, request.SalesRepId, token);
            await db.SaveChangesAsync(token);
            request.Take(rfq.Id, user.Id, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.NotifyAsync([request.SalesRepId], $"{user.Identity.Name} took {request.Number} over as {rfq.Number}", $"/sales/requests/{request.Id}", "request_quote", token);
            return rfq.Id;
        }, ct);
    }

    /// <summary>A buyer says no, with a reason that the representative reads.</summary>
    public Task DeclineAsync(Guid id, string reason, CancellationToken ct)
    {
        user.Demand(Permission.RfqsWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var request = await LockAsync(db, id, token);
            request.Decline(reason, user.Id, await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.NotifyAsync([request.SalesRepId], $"{user.Identity.Name} declined {request.Number}: {request.DeclineReason}", $"/sales/requests/{request.Id}", "request_quote", token);
        }, ct);
    }

    private static async Task<RfqRequest> LockAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from rfq_requests where id = {id} for update", ct);
        return await db.RfqRequests.SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new MissingException("request");
    }
}
