using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Takes goods in, and takes mistaken receipts back.</summary>
public sealed class ReceivingService(Database database, CurrentUser user, IEnumerable<IFollowsReceipts> followers)
{
    /// <summary>A form with everything that is still to come filled in as accepted today.</summary>
    public Task<ReceiveForm> OpenAsync(Guid orderId, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var order = await db.Orders.AsNoTracking().Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == orderId, token) ?? throw new MissingException("order");
                var open = order.Lines.Where(l => l.OpenQuantity > 0).OrderBy(l => l.LineNo).ToList();
                var notes = new Dictionary<Guid, string>();
                foreach (var follower in followers)
                {
                    foreach (var (line, note) in await follower.ForeseeAsync(db, open, token))
                    {
                        notes[line] = notes.TryGetValue(line, out var other) ? $"{other} {note}" : note;
                    }
                }

                return new ReceiveForm
                {
                    Id = order.Id, Version = order.Version, ReceivedOn = Days.Today(await db.NowAsync(token), user.Identity.TimeZone),
                    Lines = [.. open.Select(l => new ReceiveLineForm
                    {
                        LineId = l.Id, LineNo = l.LineNo, Description = l.Description, Unit = l.Unit, Open = OrderForm.Plain(l.OpenQuantity),
                        Quantity = OrderForm.Plain(l.OpenQuantity), Foreseen = notes.GetValueOrDefault(l.Id, ""),
                    })],
                };
            },
            ct);
    }

    /// <summary>Takes in what the form says, all lines or none, with all that follows from it. Two people who receive the same delivery collide: the second is told.</summary>
    public Task<Guid> ReceiveAsync(ReceiveForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, form.Version, token);
                var now = await db.NowAsync(token);
                var at = Days.Moment(form.ReceivedOn!.Value, now, user.Identity.TimeZone);
                var errors = new List<FieldError>();
                var receipts = new List<Receipt>();
                for (var i = 0; i < form.Lines.Count; i++)
                {
                    var line = form.Lines[i];
                    if (line.Quantity == 0 && line.Rejected == 0)
                    {
                        continue;
                    }

                    try
                    {
                        receipts.Add(order.Receive(line.LineId, line.Quantity, line.Rejected, line.Reason, line.Note, at, user.Id, now));
                    }
                    catch (RefusedException refusal) when (refusal.Errors.Count > 0)
                    {
                        errors.AddRange(refusal.Errors.Select(e => e.Field == nameof(form.ReceivedOn) ? e : e with { Field = $"Lines[{i}].{e.Field}" }));
                    }
                }

                if (errors.Count > 0)
                {
                    throw new RefusedException([.. errors.Distinct()]);
                }

                foreach (var follower in followers)
                {
                    await follower.ReceivedAsync(db, order, receipts, token);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return order.Id;
            },
            ct);
    }

    /// <summary>Takes back a receipt that was entered by mistake. The order's state goes back with it, and all that followed.</summary>
    public Task TakeBackAsync(Guid orderId, Guid receiptId, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var order = await db.OrderAsync(orderId, null, token);
                var receipt = order.Lines.SelectMany(l => l.Receipts).SingleOrDefault(r => r.Id == receiptId) ?? throw new MissingException("receipt");
                order.TakeBack(receipt);
                db.Remove(receipt);
                foreach (var follower in followers)
                {
                    await follower.TakenBackAsync(db, order, receipt, token);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }
}

/// <summary>Between the day that somebody types and the moment that is kept.</summary>
internal static class Days
{
    public static DateOnly Today(DateTimeOffset now, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    /// <summary>Now for today; noon of the person's time zone for another day.</summary>
    public static DateTimeOffset Moment(DateOnly day, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (day == Today(now, zone))
        {
            return now;
        }

        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return new DateTimeOffset(noon, zone.GetUtcOffset(noon)).ToUniversalTime();
    }

    public static string Text(DateOnly day) => day.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
