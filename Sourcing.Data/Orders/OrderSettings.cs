using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

/// <summary>What an invoice may differ by before somebody has to approve it. Where a percentage and an amount are set, both have to hold.</summary>
/// <param name="PricePercent">Above the ordered unit price, 0 to 100.</param>
/// <param name="PriceAmount">What the difference in price may come to on a line, in the order's currency; null for no such limit.</param>
/// <param name="QuantityPercent">Above the ordered or received quantity, 0 to 100.</param>
/// <param name="Quantity">The same in the line's unit; null for no such limit.</param>
public sealed record MatchTolerances(decimal PricePercent, decimal? PriceAmount, decimal QuantityPercent, decimal? Quantity);

/// <summary>When orders are late and what invoices may differ by: one row.</summary>
public sealed class OrderSettings
{
    /// <summary>The key of the one row.</summary>
    public static readonly Guid TheOne = Guid.Parse("00000000-0000-7000-8000-000000000003");

    private OrderSettings()
    {
    }

    public Guid Id { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Days after issue within which a supplier acknowledges, 1 to 60. 3 unless changed.</summary>
    public int AcknowledgeWithinDays { get; private set; }

    /// <summary>A line that is due within so many days and of which nothing has left yet is worth a look, 1 to 60. 7 unless changed.</summary>
    public int WarnDays { get; private set; }

    /// <inheritdoc cref="MatchTolerances.PricePercent"/>
    public decimal PriceTolerancePercent { get; private set; }

    /// <inheritdoc cref="MatchTolerances.PriceAmount"/>
    public decimal? PriceToleranceAmount { get; private set; }

    /// <inheritdoc cref="MatchTolerances.QuantityPercent"/>
    public decimal QuantityTolerancePercent { get; private set; }

    /// <inheritdoc cref="MatchTolerances.Quantity"/>
    public decimal? QuantityTolerance { get; private set; }

    /// <summary>As the match needs them. 2 % and 50.00 for prices and 1 % for quantities unless changed.</summary>
    public MatchTolerances Tolerances => new(PriceTolerancePercent, PriceToleranceAmount, QuantityTolerancePercent, QuantityTolerance);

    /// <summary>Replaces everything.</summary>
    public void Change(OrderSettingsForm form) =>
        (AcknowledgeWithinDays, WarnDays, PriceTolerancePercent, PriceToleranceAmount, QuantityTolerancePercent, QuantityTolerance) =
        (form.AcknowledgeWithinDays, form.WarnDays, form.PriceTolerancePercent, form.PriceToleranceAmount, form.QuantityTolerancePercent, form.QuantityTolerance);
}

/// <summary>What an admin says about late orders and invoices.</summary>
public sealed class OrderSettingsForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public uint Version { get; set; }

    [Display(Name = "Acknowledged within"), Range(1, 60, ErrorMessage = "Enter 1 to 60 days.")]
    public int AcknowledgeWithinDays { get; set; }

    [Display(Name = "Look ahead"), Range(1, 60, ErrorMessage = "Enter 1 to 60 days.")]
    public int WarnDays { get; set; }

    [Display(Name = "Price above the order"), Range(typeof(decimal), "0", "100", ErrorMessage = "Enter 0 to 100 %.")]
    public decimal PriceTolerancePercent { get; set; }

    [Display(Name = "And at most, a line"), Range(typeof(decimal), "0", "1000000000", ErrorMessage = "Enter an amount of 0 or more, or leave it empty for no such limit.")]
    public decimal? PriceToleranceAmount { get; set; }

    [Display(Name = "Quantity above what was ordered or received"), Range(typeof(decimal), "0", "100", ErrorMessage = "Enter 0 to 100 %.")]
    public decimal QuantityTolerancePercent { get; set; }

    [Display(Name = "And at most, in the line's unit"), Range(typeof(decimal), "0", "1000000000", ErrorMessage = "Enter a quantity of 0 or more, or leave it empty for no such limit.")]
    public decimal? QuantityTolerance { get; set; }
}

/// <summary>The settings of orders: everybody inside works by them, admins change them.</summary>
public sealed class OrderSettingsService(Database database, CurrentUser user)
{
    /// <summary>The one row: within a transaction that is already open.</summary>
    public static Task<OrderSettings> OfAsync(SourcingDb db, CancellationToken ct) => db.OrderSettings.AsNoTracking().SingleAsync(s => s.Id == OrderSettings.TheOne, ct);

    /// <summary>A form filled with what is so.</summary>
    public Task<OrderSettingsForm> OpenAsync(CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        return database.ReadAsync(
            async (db, token) =>
            {
                var settings = await OfAsync(db, token);
                return new OrderSettingsForm
                {
                    Version = settings.Version, AcknowledgeWithinDays = settings.AcknowledgeWithinDays, WarnDays = settings.WarnDays,
                    PriceTolerancePercent = OrderForm.Plain(settings.PriceTolerancePercent), PriceToleranceAmount = settings.PriceToleranceAmount,
                    QuantityTolerancePercent = OrderForm.Plain(settings.QuantityTolerancePercent), QuantityTolerance = settings.QuantityTolerance is { } most ? OrderForm.Plain(most) : null,
                };
            },
            ct);
    }

    /// <summary>Saves the form. Invoices that wait are matched by the new tolerances the next time that something of their order changes.</summary>
    public Task SaveAsync(OrderSettingsForm form, CancellationToken ct)
    {
        user.Demand(Permission.SettingsManage);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var settings = await db.OrderSettings.SingleAsync(s => s.Id == OrderSettings.TheOne, token);
                db.Entry(settings).Property(s => s.Version).OriginalValue = form.Version;
                settings.Change(form);
                await db.SaveChangesAsync(token);
                return settings.Id;
            },
            ct);
    }
}
