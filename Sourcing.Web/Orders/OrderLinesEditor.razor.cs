using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Sourcing.Data.Orders;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Orders;

/// <summary>The lines of a draft as they are typed, with what the supplier's price list says to them.</summary>
public sealed partial class OrderLinesEditor
{
    private static readonly string[] Fields =
        [nameof(OrderLineForm.Description), nameof(OrderLineForm.Quantity), nameof(OrderLineForm.UnitId), nameof(OrderLineForm.UnitPrice), nameof(OrderLineForm.SupplierPartNumber)];

    [Parameter, EditorRequired]
    public OrderForm Form { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<UnitChoice> Units { get; set; } = [];

    /// <summary>What the supplier asks, by part.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<Guid, PartOffer> Offers { get; set; } = null!;

    [Parameter, EditorRequired]
    public Func<string, CancellationToken, Task<IReadOnlyList<PartChoice>>> SearchParts { get; set; } = null!;

    [Parameter, EditorRequired]
    public Func<Guid, CancellationToken, Task<PartChoice?>> ById { get; set; } = null!;

    /// <summary>A line got a part: its price and terms are to be filled in.</summary>
    [Parameter]
    public EventCallback<OrderLineForm> PartChosen { get; set; }

    [CascadingParameter]
    private EditContext Context { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private void Add() => Form.Lines.Add(new() { NeedBy = Form.Lines.LastOrDefault()?.NeedBy });

    private void Remove(OrderLineForm line)
    {
        Form.Lines.Remove(line);
        Context.NotifyFieldChanged(new(Form, nameof(Form.Lines)));
    }

    private async Task ChooseAsync(OrderLineForm line, PartChoice? part)
    {
        if (part is null)
        {
            // It becomes a line of free text: what it is and what it costs stay.
            (line.PartId, line.PartNumber) = (null, "");
        }
        else
        {
            (line.PartId, line.PartNumber, line.Description, line.UnitId) = (part.Id, part.Number, part.Name, part.UnitId);
            await PartChosen.InvokeAsync(line);
        }

        foreach (var field in Fields)
        {
            Context.NotifyFieldChanged(new(line, field));
        }
    }

    private void Set(OrderLineForm line, string field, Action? set)
    {
        set?.Invoke();
        if (field is nameof(line.Quantity) or nameof(line.UnitId))
        {
            Reprice(line);
        }

        Context.NotifyFieldChanged(new(line, field));
    }

    // The price list speaks again when the quantity reaches another break. A price that somebody typed over stays once it is none of the list's.
    private void Reprice(OrderLineForm line)
    {
        if (Offer(line) is { } offer && line.UnitId is { } unit && offer.PriceAt(line.Quantity ?? 0, unit) is { } price
            && (line.UnitPrice is null or 0 || offer.Breaks.Select(b => b.UnitCost).Append(offer.UnitPrice!.Value).Any(c => offer.Factors.Values.Any(f => Math.Round(c * f, 4) == line.UnitPrice))))
        {
            line.UnitPrice = OrderForm.Plain(price);
        }
    }

    private PartOffer? Offer(OrderLineForm line) => line.PartId is { } id ? Offers.GetValueOrDefault(id) : null;

    private string? Fault(OrderLineForm line) => line is { Quantity: > 0, UnitId: { } unit } ? Offer(line)?.QuantityFault(line.Quantity.Value, unit) : null;

    private List<string> Faults(OrderLineForm line) => [.. Fields.SelectMany(f => Context.GetValidationMessages(new FieldIdentifier(line, f))).Distinct()];

    private bool Bad(OrderLineForm line, string field) => Context.GetValidationMessages(new FieldIdentifier(line, field)).Any();

    private List<(string Text, bool Warns)> Hints(OrderLineForm line)
    {
        var hints = new List<(string, bool)>();
        var offer = Offer(line);
        if (offer is not null)
        {
            if (!Form.QuantitiesAgreed && Fault(line) is { } fault)
            {
                hints.Add((fault, true));
            }

            if (offer.UnitPrice is null)
            {
                hints.Add((offer.ListCurrency is null ? "This supplier has no valid price for the part." : $"The price list is in {offer.ListCurrency} and there is no rate to {Form.Currency}.", true));
            }
            else
            {
                var breaks = string.Concat(offer.Breaks.Select(b => $", {Format.Number(b.UnitCost, 2, 4)} from {Format.Quantity(b.MinimumQuantity, offer.Unit)}"));
                var converted = offer.ListCurrency is null ? "" : $", converted from {offer.ListCurrency} by the rate of {Format.Date(offer.RateDay)}";
                hints.Add(($"Price list: {Format.Price(offer.UnitPrice, Form.Currency)} for one {offer.Unit}{breaks}{converted}. Lead time {offer.LeadTimeDays} days.", false));
            }
        }

        if (line.PromisedDate > line.NeedBy)
        {
            hints.Add(($"Promised {Days(line.PromisedDate.Value.DayNumber - line.NeedBy.Value.DayNumber)} after it is needed.", true));
        }
        else if (line is { PromisedDate: null, NeedBy: { } need } && offer is { LeadTimeDays: > 0 } && Format.Today.AddDays(offer.LeadTimeDays) is var earliest && earliest > need)
        {
            hints.Add(($"Needed before the lead time allows: ordered today, it comes on {Format.Date(earliest)}.", true));
        }

        return hints;
    }

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
