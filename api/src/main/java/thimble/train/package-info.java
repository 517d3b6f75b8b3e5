/** Training: methods with hooks, losses, optimizers, the trainer, trained models and their evaluation. */
package thimble.train;
