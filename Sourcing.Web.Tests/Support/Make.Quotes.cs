using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Support;

/// <summary>A quote made for a test.</summary>
public sealed record MadeQuote(Guid Id, Guid RfqId, Guid SupplierId, UserIdentity Supplier);

/// <summary>Quotes, made as a supplier or a buyer makes them.</summary>
public static partial class Make
{
    /// <summary>A form that can be submitted: each line priced at <paramref name="price"/>, valid for 60 days after the deadline, 21 days of lead time.</summary>
    public static QuoteForm Fill(QuoteSheet sheet, decimal price = 3.5m)
    {
        var form = sheet.ToForm();
        (form.ValidUntil, form.LeadTimeDays, form.FreightCost) = (sheet.Rfq.DeadlineDay.AddDays(60), 21, 50);
        foreach (var line in form.Lines)
        {
            line.UnitPrice = price;
        }

        return form;
    }

    /// <summary>A submitted quote of one of the invited suppliers, through its portal.</summary>
    /// <param name="price">Unit price of every line.</param>
    /// <param name="change">What else to say before it is submitted.</param>
    /// <param name="as_">A portal user made earlier; a new one when left out.</param>
    public static async Task<MadeQuote> SubmittedQuoteAsync(
        TestDatabase database, MadeRfq rfq, int supplier = 0, decimal price = 3.5m, Action<QuoteForm>? change = null, UserIdentity? as_ = null)
    {
        var supplierId = rfq.Suppliers[supplier];
        as_ ??= await database.UserAsync(supplierId, [Role.Supplier]);
        await using var scope = database.As(as_);
        var form = Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, TestContext.Current.CancellationToken), price);
        change?.Invoke(form);
        return new(await scope.Get<QuoteService>().SubmitAsync(form, TestContext.Current.CancellationToken), rfq.Id, supplierId, as_);
    }

    /// <summary>A draft of one of the invited suppliers with prices on all lines.</summary>
    public static async Task<MadeQuote> DraftQuoteAsync(TestDatabase database, MadeRfq rfq, int supplier = 0, decimal price = 3.5m)
    {
        var identity = await database.UserAsync(rfq.Suppliers[supplier], [Role.Supplier]);
        await using var scope = database.As(identity);
        var form = Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, TestContext.Current.CancellationToken), price);
        return new(await scope.Get<QuoteService>().SaveDraftAsync(form, TestContext.Current.CancellationToken), rfq.Id, rfq.Suppliers[supplier], identity);
    }
}
