using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Turns recommendations into orders, and asks where only the supplier's minimum or multiple stands against it.</summary>
internal static class Conversions
{
    /// <summary>The orders made; null when the person thought better of it.</summary>
    public static async Task<ConversionOutcome?> ToOrdersAsync(RecommendationService service, Dialogs dialogs, ConvertRecommendationsForm form)
    {
        try
        {
            return await service.ToOrdersAsync(form, CancellationToken.None);
        }
        catch (RefusedException refusal) when (!form.SupplierAgreed && refusal.Errors.Count > 0
            && refusal.Errors.All(e => e.Field.EndsWith("." + nameof(RecommendationForm.Quantity), StringComparison.Ordinal)))
        {
            var faults = string.Join(" ", refusal.Errors.Take(5).Select(e => e.Message)) + (refusal.Errors.Count > 5 ? $" And {refusal.Errors.Count - 5} more." : "");
            if (!await dialogs.ConfirmAsync("Order what the supplier does not usually sell", faults, "Order it: the supplier agreed"))
            {
                return null;
            }

            return await service.ToOrdersAsync(new() { FormKey = form.FormKey, Rows = form.Rows, SupplierAgreed = true }, CancellationToken.None);
        }
    }
}
